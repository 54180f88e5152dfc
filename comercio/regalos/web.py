"""Pages of gifts: for whom one is, and those that others send."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.compra.modelos import Compra, Pedido
from comercio.pedidos import Salida, detalle_propio, salida
from comercio.regalos import seguir
from comercio.regalos.consultas import regalos_de
from comercio.regalos.errores import NoEsRegalo
from comercio.regalos.formularios import DESTINATARIO, PASO, HojaDeDestinatario, HojaDePaso
from comercio.regalos.modelos import RegaloRecibido
from comercio.regalos.seguir import regalo_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()


@salida("regalo")
def a_quien_lo_recibe(sesion: Session, pedido: Pedido, vende: bool) -> Salida | None:
    """Who bought a gift: to say for whom it is."""
    if vende or not sesion.get_one(Compra, pedido.compra_id).regalo:
        return None
    return Salida(_("Quién recibe el regalo"), f"/pedidos/{pedido.id}/regalo", "gift")


@router.get("/pedidos/{pedido_id}/regalo")
def ver(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, actor, pedido_id)


@router.post("/pedidos/{pedido_id}/regalo")
def nombrar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDestinatario
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            seguir.nombrar_destinatario(sesion, actor, pedido_id, hoja.datos.destinatario)
        return redirigir(f"/pedidos/{pedido_id}/regalo", _("Desde ahora lo sigue en «Regalos»."))
    return _pagina(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/regalo/quitar")
def quitar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        seguir.nombrar_destinatario(sesion, actor, pedido_id, None)
        return redirigir(f"/pedidos/{pedido_id}/regalo", _("Ya nadie lo sigue."))
    return _pagina(request, sesion, actor, pedido_id, hoja)


@router.get("/regalos")
def listar(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: str | None = None) -> Response:
    return _lista(request, sesion, actor, cursor)


@router.post("/regalos/{pedido_id}/recibido")
def confirmar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        seguir.confirmar_recibido(sesion, actor, pedido_id)
        return redirigir("/regalos", _("Gracias: avisamos a quien se lo envió."))
    return _lista(request, sesion, actor, None, hoja)


def _lista(
    request: Request, sesion: Session, actor: Actor, cursor: str | None, hoja: Hoja[Any] | None = None
) -> Response:
    regalos, siguiente = regalos_de(sesion, actor, CursorPedido(cursor, 20))
    return pagina(
        request,
        "comercio/regalos/regalos.html",
        hoja=hoja,
        regalos=regalos,
        paso=PASO.mostrar(request, {}, enviada=hoja),
        siguiente=f"/regalos?cursor={siguiente}" if siguiente else None,
    )


def _pagina(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    detalle = detalle_propio(sesion, actor, pedido_id)
    if not detalle.compra.regalo:
        raise NoEsRegalo(_("Al comprarlo no se dijo que es un regalo."))
    return pagina(
        request,
        "comercio/regalos/para_quien.html",
        hoja=hoja,
        pedido=detalle.pedido,
        regalo=regalo_de(sesion, detalle.compra.id),
        recibido=sesion.get(RegaloRecibido, pedido_id),
        destinatario=DESTINATARIO.mostrar(request, {}, enviada=hoja),
        paso=PASO.mostrar(request, {}, enviada=hoja),
    )
