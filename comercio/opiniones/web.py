"""Pages of reviews: all of a product, the buyer's of an order, the seller's, the authority's."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional, ActorRequerido
from comercio.catalogo import detalle_de_producto
from comercio.compra.modelos import Pedido
from comercio.opiniones import opinar as opiniones
from comercio.opiniones.consultas import (
    distribucion_de,
    moderaciones_de,
    opinion_por_id,
    opiniones_de,
    opiniones_de_todos,
    opiniones_del_pedido,
    opiniones_del_vendedor,
    versiones_de,
)
from comercio.opiniones.formularios import (
    MODERACION,
    OPINION,
    RESPUESTA,
    HojaDeModeracion,
    HojaDeOpinion,
    HojaDeRespuesta,
)
from comercio.pedidos import Salida, detalle_propio, lineas_del_pedido, salida
from comercio.vendedores import exigir_autoridad, mesa_de
from empresa_digital.registro import es_caso_propio
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter(include_in_schema=False)


@router.get("/opiniones/{producto_id}", dependencies=[Depends(publico)])
def de_un_producto(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorOpcional, cursor: str | None = None
) -> Response:
    """All that is said of a product, newest first."""
    detalle = detalle_de_producto(sesion, producto_id, actor)
    lista, siguiente = opiniones_de(sesion, producto_id, CursorPedido(cursor, 20))
    return pagina(
        request,
        "comercio/opiniones/de_producto.html",
        producto=detalle.producto,
        distribucion=distribucion_de(sesion, producto_id),
        opiniones=lista,
        siguiente=f"/opiniones/{producto_id}?cursor={siguiente}" if siguiente else None,
    )


@salida("opiniones")
def para_opinar(sesion: Session, pedido: Pedido, vende: bool) -> Salida | None:
    """Who bought: of an order that ended, if anything of it was not cancelled."""
    if vende:
        return None
    de_que = {x.fila.id for x in lineas_del_pedido(sesion, pedido.id) if x.viva > 0}
    if not opiniones.se_puede_opinar(pedido) or not de_que:
        return None
    url = f"/pedidos/{pedido.id}/opiniones"
    if de_que <= opiniones_del_pedido(sesion, pedido.id).keys():
        return Salida(_("Lo que opinó"), url, "star", "texto")
    return Salida(_("Opinar de lo que compró"), url, "star")


@router.get("/pedidos/{pedido_id}/opiniones")
def de_un_pedido(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _del_pedido(request, sesion, actor, pedido_id)


def _del_pedido(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    """Each line of an order with what was said of it, and the form while it may be said."""
    detalle = detalle_propio(sesion, actor, pedido_id)
    escritas = opiniones_del_pedido(sesion, pedido_id)
    ahora = ahora_bd(sesion)
    lineas = []
    for x in detalle.estado_de_lineas:
        suya = escritas.get(x.fila.id)
        puede = opiniones.se_puede_opinar(detalle.pedido) and x.viva > 0
        if suya is not None:
            puede = ahora <= suya.editable_hasta
        valores: dict[str, Any] = {"linea_id": str(x.fila.id)}
        if suya is not None:
            valores |= {"estrellas": suya.estrellas, "texto": suya.texto}
        hoja_suya = OPINION.mostrar(request, valores, enviada=hoja, de=str(x.fila.id)) if puede else None
        decisiones = moderaciones_de(sesion, suya.id) if suya is not None and suya.oculta else []
        lineas.append((x.fila, suya, hoja_suya, decisiones[0].motivo if decisiones else ""))
    return pagina(
        request,
        "comercio/opiniones/del_pedido.html",
        hoja=hoja,
        pedido=detalle.pedido,
        lineas=lineas,
        concluido=opiniones.se_puede_opinar(detalle.pedido),
    )


@router.post("/pedidos/{pedido_id}/opiniones")
def opinar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeOpinion
) -> Response:
    detalle_propio(sesion, actor, pedido_id)
    with hoja:
        datos = hoja.datos
        opiniones.opinar(sesion, actor, pedido_id, datos.linea_id, datos.estrellas, datos.texto)
        return redirigir(f"/pedidos/{pedido_id}/opiniones", _("Gracias: su opinión está publicada."))
    return _del_pedido(request, sesion, actor, pedido_id, hoja)


@router.get("/vender/opiniones")
def del_vendedor(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    ver: str = "",
    cursor: str | None = None,
) -> Response:
    return _del_vendedor(request, sesion, actor, unidad, ver, cursor)


def _del_vendedor(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: str,
    ver: str = "",
    cursor: str | None = None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    todas = ver == "todas"
    lista, siguiente = opiniones_del_vendedor(
        sesion, mesa.tienda.id, CursorPedido(cursor, 20), sin_responder=not todas
    )
    base = f"/vender/opiniones?unidad={mesa.tienda.id}"
    ver = "&ver=todas" if todas else ""
    return pagina(
        request,
        "comercio/opiniones/del_vendedor.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        todas=todas,
        base=base,
        opiniones=[
            (o, RESPUESTA.mostrar(request, enviada=hoja, de=str(o.id)) if o.respuesta is None else None)
            for o in lista
        ],
        siguiente=f"{base}{ver}&cursor={siguiente}" if siguiente else None,
    )


@router.post("/vender/opiniones/{opinion_id}/respuesta")
def responder(
    request: Request, opinion_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    leida = opinion_por_id(sesion, opinion_id)
    opiniones.exigir_que_responda(sesion, actor, leida)
    unidad = str(leida.vendedor_id)
    with hoja:
        opiniones.responder(sesion, actor, opinion_id, hoja.datos.texto)
        return redirigir(f"/vender/opiniones?unidad={unidad}&ver=todas", _("Su respuesta está publicada."))
    return _del_vendedor(request, sesion, actor, unidad, "todas", hoja=hoja)


@router.get("/regulador/opiniones")
def bandeja(
    request: Request, sesion: Sesion, actor: ActorRequerido, ver: str = "", cursor: str | None = None
) -> Response:
    """What was said in the market, newest first, for the authority."""
    exigir_autoridad(sesion, actor)
    ocultas = ver == "ocultas"
    lista, siguiente = opiniones_de_todos(sesion, CursorPedido(cursor, 20), ocultas=ocultas)
    ver = "ocultas" if ocultas else ""
    return pagina(
        request,
        "comercio/opiniones/bandeja.html",
        opiniones=lista,
        ocultas=ocultas,
        siguiente=f"/regulador/opiniones?ver={ver}&cursor={siguiente}" if siguiente else None,
    )


@router.get("/regulador/opiniones/{opinion_id}")
def ver_una(request: Request, opinion_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _una(request, sesion, actor, opinion_id)


def _una(
    request: Request, sesion: Session, actor: Actor, opinion_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_autoridad(sesion, actor)
    leida = opinion_por_id(sesion, opinion_id)
    return pagina(
        request,
        "comercio/opiniones/moderar.html",
        hoja=hoja,
        opinion=leida,
        versiones=versiones_de(sesion, opinion_id),
        decisiones=moderaciones_de(sesion, opinion_id),
        moderacion=None
        if es_caso_propio(lambda: opiniones.autorizar_moderacion(sesion, actor, leida))
        else MODERACION.mostrar(request, {"que": "restituir" if leida.oculta else "ocultar"}, enviada=hoja),
    )


@router.post("/regulador/opiniones/{opinion_id}/moderacion")
def moderar(
    request: Request, opinion_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeModeracion
) -> Response:
    with hoja:
        datos = hoja.datos
        opiniones.moderar(sesion, actor, opinion_id, datos.motivo, ocultar=datos.que == "ocultar")
        return redirigir(f"/regulador/opiniones/{opinion_id}", _("Decidido: se les avisó a los dos."))
    return _una(request, sesion, actor, opinion_id, hoja)
