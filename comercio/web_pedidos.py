"""Pages of the buyer's orders. Part of `web.router`."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio import pedidos
from comercio.comprar import pedidos_de
from comercio.consultas_pedidos import DetallePedido, compra_de, detalle_pedido, pedidos_del_comprador
from comercio.errores import PedidoNoEncontrado
from comercio.estados import POR_DESPACHAR, TONOS, EstadoPedido, Modalidad, nombre_estado
from comercio.formularios import CANCELACION, HojaDeCancelacion, HojaDePaso
from comercio.palabras import medida
from comercio.tarifas import cuenta_del_despacho
from envios import envio_por_id
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()


@router.get("/pedidos")
def listar(
    request: Request, sesion: Sesion, actor: ActorRequerido, ver: str = "", cursor: str | None = None
) -> Response:
    assert actor.persona_id is not None
    ver = ver if ver == "en-curso" else ""
    lista, siguiente = pedidos_del_comprador(
        sesion, actor.persona_id, CursorPedido(cursor, 20), abiertos=bool(ver)
    )
    return pagina(
        request,
        "comercio/pedidos.html",
        pedidos=lista,
        siguiente=f"/pedidos?ver={ver}&cursor={siguiente}" if siguiente else None,
        ver=ver,
        nombre_estado=nombre_estado,
        tonos=TONOS,
    )


@router.get("/compras-hechas/{compra_id}")
def ver_compra(request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """A purchase from several sellers: one order for each."""
    compra = compra_de(sesion, actor, compra_id)
    return pagina(
        request,
        "comercio/compra.html",
        compra=compra,
        pedidos=pedidos_de(sesion, compra.id),
        nombre_estado=nombre_estado,
        tonos=TONOS,
    )


@router.get("/pedidos/{pedido_id}")
def ver(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    detalle = detalle_pedido(sesion, actor, pedido_id)
    if not detalle.es_comprador:
        return redirigir(f"/vender/pedidos/{pedido_id}")
    return _pagina(request, sesion, detalle)


@router.post("/pedidos/{pedido_id}/cancelacion")
def cancelar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCancelacion
) -> Response:
    _propio(sesion, actor, pedido_id)
    with hoja:
        pedidos.cancelar(sesion, actor, pedido_id, hoja.datos.motivo)
        return redirigir(f"/pedidos/{pedido_id}", _("Pedido cancelado. Su dinero volvió a su billetera."))
    return _pagina(request, sesion, _propio(sesion, actor, pedido_id), hoja)


@router.post("/pedidos/{pedido_id}/conformidad")
def dar_conformidad(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        pedidos.dar_conformidad(sesion, actor, pedido_id)
        return redirigir(f"/pedidos/{pedido_id}", _("Gracias. El vendedor recibirá su pago."))
    return _pagina(request, sesion, _propio(sesion, actor, pedido_id), hoja)


def _propio(sesion: Session, actor: Actor, pedido_id: UUID) -> DetallePedido:
    detalle = detalle_pedido(sesion, actor, pedido_id)
    if not detalle.es_comprador:
        raise PedidoNoEncontrado()
    return detalle


def _pagina(
    request: Request, sesion: Session, detalle: DetallePedido, hoja: Hoja[Any] | None = None
) -> Response:
    pedido = detalle.pedido
    envio = envio_por_id(sesion, pedido.envio_id) if pedido.envio_id else None
    return pagina(
        request,
        "comercio/pedido.html",
        hoja=hoja,
        detalle=detalle,
        pedido=pedido,
        compra=detalle.compra,
        envio=envio,
        avance=avance(detalle),
        despacho=cuenta_del_despacho(sesion, pedido),
        cancelacion=CANCELACION.mostrar(request, enviada=hoja) if pedido.estado in POR_DESPACHAR else None,
        es_servicio=pedido.modalidad == Modalidad.SERVICIO,
        nombre_estado=nombre_estado,
        tonos=TONOS,
        medida=medida,
    )


def avance(detalle: DetallePedido) -> tuple[list[str], int] | None:
    """The steps of an order in words and the one it is at; None for a cancelled one."""
    pedido = detalle.pedido
    if pedido.estado == EstadoPedido.CANCELADO:
        return None
    if pedido.modalidad == Modalidad.SERVICIO:
        pasos = [_("Pagado"), _("En preparación"), _("Recibido"), _("Concluido")]
        orden = ["pagado", "en_preparacion", "entregado", "liberado"]
    else:
        pasos = [_("Pagado"), _("En preparación"), _("En camino"), _("Entregado"), _("Concluido")]
        orden = ["pagado", "en_preparacion", "despachado", "entregado", "liberado"]
    lugar = orden.index(pedido.estado)
    return pasos, len(pasos) if pedido.estado == EstadoPedido.LIBERADO else lugar
