"""Pages of what the sides of an order write to each other; of a claim, as its authority reads it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.compra import PedidoNoEncontrado
from comercio.compra.modelos import Pedido
from comercio.mensajes import hilo
from comercio.mensajes.consultas_de_hilo import (
    POR_PAGINA,
    archivo_de,
    como_prueba,
    escritos,
    hay_sin_leer,
    parte_en,
)
from comercio.mensajes.formularios import MENSAJE, HojaDeMensaje
from comercio.pedidos import Salida, salida
from comercio.reclamos import Lado, reclamo_abierto
from nucleo.actor import Actor
from nucleo.archivos import TIPO_PDF, tipos_de
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
_BASE = {Lado.COMPRADOR: "/pedidos", Lado.VENDEDOR: "/vender/pedidos"}


@salida("mensajes")
def para_escribir(sesion: Session, pedido: Pedido, vende: bool) -> Salida:
    """To what was written about an order; it stands out while that side has not read something."""
    lado = Lado.VENDEDOR if vende else Lado.COMPRADOR
    url = f"{_BASE[lado]}/{pedido.id}/mensajes"
    if hay_sin_leer(sesion, pedido.id, lado):
        leer = (
            _("Leer lo que le escribió quien compró") if vende else _("Leer lo que le escribió quien vende")
        )
        return Salida(leer, url, "message-circle", "primario")
    con = _("Mensajes con quien compró") if vende else _("Mensajes con quien vende")
    return Salida(con, url, "message-circle")


@router.get("/pedidos/{pedido_id}/mensajes")
def de_quien_compro(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: str | None = None
) -> Response:
    return _leer(request, sesion, actor, pedido_id, Lado.COMPRADOR, cursor)


@router.get("/vender/pedidos/{pedido_id}/mensajes")
def de_quien_vende(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: str | None = None
) -> Response:
    return _leer(request, sesion, actor, pedido_id, Lado.VENDEDOR, cursor)


def _leer(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, lado: Lado, cursor: str | None
) -> Response:
    """Whoever opens the page has read what it shows."""
    _exigir_lado(sesion, actor, pedido_id, lado)
    hilo.marcar_leidos(sesion, actor, pedido_id)
    return _pagina(request, sesion, actor, pedido_id, lado, cursor)


@router.post("/pedidos/{pedido_id}/mensajes")
def escribe_quien_compro(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeMensaje
) -> Response:
    return _escribir(request, sesion, actor, pedido_id, Lado.COMPRADOR, hoja)


@router.post("/vender/pedidos/{pedido_id}/mensajes")
def escribe_quien_vende(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeMensaje
) -> Response:
    return _escribir(request, sesion, actor, pedido_id, Lado.VENDEDOR, hoja)


def _escribir(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, lado: Lado, hoja: HojaDeMensaje
) -> Response:
    _exigir_lado(sesion, actor, pedido_id, lado)
    with hoja:
        if not hoja.ya_hecha:
            hilo.escribir(sesion, actor, pedido_id, hoja.datos.texto, hoja.archivos.get("archivo"))
        return redirigir(f"{_BASE[lado]}/{pedido_id}/mensajes", _("Su mensaje está enviado."))
    return _pagina(request, sesion, actor, pedido_id, lado, None, hoja)


def _exigir_lado(sesion: Session, actor: Actor, pedido_id: UUID, lado: Lado) -> None:
    """Each side has its own page. Raises `PedidoNoEncontrado`."""
    if parte_en(sesion, actor, pedido_id)[1] is not lado:
        raise PedidoNoEncontrado()


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    pedido_id: UUID,
    lado: Lado,
    cursor: str | None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    pedido, _lado = parte_en(sesion, actor, pedido_id)
    cerrado = hilo.por_que_no_se_escribe(sesion, pedido)
    reclamo = reclamo_abierto(sesion, pedido_id)
    mensajes, siguiente = escritos(sesion, pedido_id, lado, CursorPedido(cursor, POR_PAGINA))
    base = f"{_BASE[lado]}/{pedido_id}"
    return pagina(
        request,
        "comercio/mensajes/de_pedido.html",
        hoja=hoja,
        pedido=pedido,
        lado=lado,
        mensajes=mensajes,
        documentos=_documentos(sesion, mensajes),
        anteriores=f"{base}/mensajes?cursor={siguiente}" if siguiente else None,
        base=base,
        cerrado=cerrado,
        reclamo=reclamo,
        hasta=hilo.se_escribe_hasta(sesion, pedido),
        nuevo=None if cerrado else MENSAJE.mostrar(request, enviada=hoja),
    )


@router.get("/pedidos/{pedido_id}/mensajes/{mensaje_id}/archivo")
def ver_archivo(
    request: Request, pedido_id: UUID, mensaje_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> Response:
    """The picture or PDF of a message, for whoever may read it."""
    return respuesta_de(sesion, archivo_de(sesion, actor, pedido_id, mensaje_id), request)


@router.get("/reclamos-de-compra/{reclamo_id}/mensajes")
def como_los_lee_la_autoridad(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: str | None = None
) -> Response:
    pedido = como_prueba(sesion, actor, reclamo_id)
    mensajes, siguiente = escritos(sesion, pedido.id, None, CursorPedido(cursor, POR_PAGINA))
    base = f"/reclamos-de-compra/{reclamo_id}"
    return pagina(
        request,
        "comercio/mensajes/de_pedido.html",
        pedido=pedido,
        lado=Lado.MEDIADOR,
        mensajes=mensajes,
        documentos=_documentos(sesion, mensajes),
        anteriores=f"{base}/mensajes?cursor={siguiente}" if siguiente else None,
        base=base,
        cerrado="",
        reclamo=None,
        hasta=None,
        nuevo=None,
    )


def _documentos(sesion: Session, mensajes: Any) -> set[UUID]:
    archivos = [x.mensaje.archivo_id for x in mensajes if x.mensaje.archivo_id]
    return {archivo for archivo, tipo in tipos_de(sesion, archivos).items() if tipo == TIPO_PDF}
