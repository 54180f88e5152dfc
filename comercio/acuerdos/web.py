"""The page of what one side of an order asks of the other, for both."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.acuerdos import acordar
from comercio.acuerdos.consultas import acuerdos_de, propuesto_de
from comercio.acuerdos.formularios import (
    PLAZO,
    QUITAR,
    RESPUESTA,
    HojaDePlazo,
    HojaDeQuita,
    HojaDeRespuesta,
)
from comercio.agenda import Lado
from comercio.catalogo import en_medida
from comercio.compra.modelos import Pedido
from comercio.custodia import dinero_de
from comercio.pedidos import NADA, Salida, detalle_pedido, lineas_del_pedido, salida
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()


@salida("acuerdos")
def a_los_acuerdos(sesion: Session, pedido: Pedido, vende: bool) -> Salida | None:
    """To ask the other side for a change; it stands out while that side has to answer."""
    dinero = dinero_de(sesion, pedido.id)
    if acordar.por_que_no(pedido, dinero, ahora_bd(sesion)):
        return None
    url = f"/pedidos/{pedido.id}/acuerdos"
    acuerdo = propuesto_de(sesion, pedido.id)
    if acuerdo is not None:
        if acuerdo.propuso == (Lado.VENDEDOR if vende else Lado.COMPRADOR):
            return Salida(_("Lo que pidió cambiar"), url, "handshake")
        return Salida(_("Le piden un cambio: responder"), url, "handshake", "primario")
    if not vende and acordar.por_que_no_menos(pedido, dinero):
        return None
    return Salida(_("Pedir un cambio a quien compró") if vende else _("Pedir un cambio"), url, "handshake")


@router.get("/pedidos/{pedido_id}/acuerdos")
def ver(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, actor, pedido_id)


@router.post("/pedidos/{pedido_id}/acuerdos/plazo")
def pedir_plazo(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePlazo
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            acordar.pedir_plazo(sesion, actor, pedido_id, hoja.datos)
        return redirigir(f"/pedidos/{pedido_id}/acuerdos", _("Ya lo pidió: espere la respuesta."))
    hoja.de = "plazo"
    return _pagina(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/acuerdos/quita")
def pedir_quitar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeQuita
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            acordar.pedir_quitar(sesion, actor, pedido_id, hoja.datos)
        return redirigir(f"/pedidos/{pedido_id}/acuerdos", _("Ya lo pidió: espere la respuesta."))
    hoja.de = "quita"
    return _pagina(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/acuerdos/respuesta")
def responder(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        acordar.responder(sesion, actor, pedido_id, hoja.datos.acuerdo_id, hoja.datos.acepta)
        aviso = _("Aceptado: ya está cambiado.") if hoja.datos.acepta else _("El pedido queda como estaba.")
        return redirigir(f"/pedidos/{pedido_id}/acuerdos", aviso)
    return _pagina(request, sesion, actor, pedido_id, hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    detalle = detalle_pedido(sesion, actor, pedido_id)
    pedido, dinero = detalle.pedido, detalle.dinero
    lado = Lado.COMPRADOR if detalle.es_comprador else Lado.VENDEDOR
    acuerdos = acuerdos_de(sesion, pedido_id)
    propuesto = propuesto_de(sesion, pedido_id)
    motivo = acordar.por_que_no(pedido, dinero, ahora_bd(sesion))
    pide = not motivo and (propuesto is None or propuesto.propuso == lado)
    no_mas_dias, no_menos = (
        acordar.por_que_no_mas_dias(detalle.servicio),
        acordar.por_que_no_menos(pedido, dinero),
    )
    lineas = [x for x in lineas_del_pedido(sesion, pedido_id) if x.viva > NADA]
    elecciones = [
        (x.fila.id, f"{x.fila.titulo}, {x.fila.opcion}" if x.fila.opcion else x.fila.titulo) for x in lineas
    ]
    return pagina(
        request,
        "comercio/acuerdos/acuerdos.html",
        hoja=hoja,
        pedido=pedido,
        lado=lado,
        acuerdos=acuerdos,
        propuesto=None if motivo else propuesto,
        motivo=motivo or (no_mas_dias if lado is Lado.VENDEDOR else "") or no_menos,
        por_linea={x.id: x for x in detalle.lineas},
        en_medida=en_medida,
        quedan=lineas,
        pide_plazo=pide and lado is Lado.VENDEDOR and not no_mas_dias,
        pide_quitar=pide and not no_menos and bool(lineas),
        plazo=PLAZO.mostrar(request, {}, enviada=hoja, de="plazo"),
        quitar=QUITAR.mostrar(request, {}, enviada=hoja, de="quita", opciones={"linea_id": elecciones}),
        respuesta=RESPUESTA.mostrar(
            request, {"acuerdo_id": propuesto.id if propuesto else None}, enviada=hoja
        ),
    )
