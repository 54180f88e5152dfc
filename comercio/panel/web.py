"""The desk of who sells: what needs doing first."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.compra import EstadoPedido
from comercio.panel import web_dinero, web_precios, web_preparar, web_tienda
from comercio.panel.consultas import cuenta_de_la_tienda, resumen_vendedor
from comercio.panel.primeros_pasos import primeros_pasos
from comercio.pedidos import como_va, ventas_de
from comercio.reclamos import por_responder
from comercio.vendedores import de_vacaciones, mesa_de
from nucleo.bd import Sesion
from nucleo.paginacion import CursorPedido
from nucleo.web import pagina

mesa = APIRouter(prefix="/vender")
VISTAS: dict[str, tuple[EstadoPedido, ...]] = {
    "por-despachar": (EstadoPedido.CONFIRMADO, EstadoPedido.PAGADO, EstadoPedido.EN_PREPARACION),
    "en-camino": (EstadoPedido.DESPACHADO,),
    "concluidos": (EstadoPedido.ENTREGADO, EstadoPedido.CONCLUIDO),
    "cancelados": (EstadoPedido.CANCELADO,),
}


@mesa.get("")
def panel(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    ver: str = "por-despachar",
    cursor: str | None = None,
) -> Response:
    """What needs doing first: orders to dispatch, products running short, money in escrow and earned."""
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    ver = ver if ver in VISTAS else "por-despachar"
    lista, siguiente = ventas_de(sesion, mesa.tienda.id, CursorPedido(cursor, 20), VISTAS[ver])
    return pagina(
        request,
        "comercio/panel/vender.html",
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        resumen=resumen_vendedor(sesion, mesa.tienda.id),
        cuenta=cuenta_de_la_tienda(sesion, actor, mesa.tienda.id),
        pasos=[p for p in primeros_pasos(sesion, mesa.tienda) if not p.hecho],
        de_vacaciones=de_vacaciones(sesion, [mesa.tienda.id]).get(mesa.tienda.id),
        pedidos=lista,
        ver=ver,
        siguiente=f"/vender?unidad={mesa.tienda.id}&ver={ver}&cursor={siguiente}" if siguiente else None,
        como_va=como_va,
        reclamos=[id for _unidad, id in por_responder(sesion, [mesa.tienda.id])],
    )


router = APIRouter()
router.include_router(mesa)
router.include_router(web_preparar.router)
router.include_router(web_precios.router)
router.include_router(web_tienda.router)
router.include_router(web_dinero.router)
