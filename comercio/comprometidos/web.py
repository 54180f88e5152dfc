"""The page on which who sells says whether what an entity paid outside came."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.compra import EstadoPedido, PedidoNoEncontrado
from comercio.compra.modelos import Pedido
from comercio.comprometidos import web_deudas
from comercio.comprometidos.actos import responder_o_proponer
from comercio.comprometidos.consultas import pagos_dichos
from comercio.comprometidos.formularios import RESPUESTA, HojaDeRespuesta
from comercio.comprometidos.paginas import pagina_de_compra, pagina_de_la_respuesta
from comercio.custodia import EstadoCompromiso, compromiso_de, dinero_de
from comercio.pedidos import Salida, salida
from empresa_digital.registro import CON_LO_SUYO, Facultad, nombres_de_unidades, tiene_facultad
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
router.include_router(web_deudas.router)
UNA = "/vender/pedidos/{pedido_id}/pago-de-entidad"


@salida("comprometidos")
def al_pago(sesion: Session, pedido: Pedido, vende: bool) -> Salida | None:
    """To say whether it came, while somebody waits for that, or that it did not, after nobody said
    anything."""
    suyo = compromiso_de(sesion, pedido.id) if vende and pedido.estado == EstadoPedido.CONCLUIDO else None
    pagina_suya = pagina_de_la_respuesta(pedido.id)
    if suyo is not None and suyo.estado is EstadoCompromiso.DICHO:
        return Salida(_("Decir si llegó el pago"), pagina_suya, "landmark", "primario")
    if suyo is not None and suyo.por_silencio:
        return Salida(_("Decir que el pago no llegó"), pagina_suya, "landmark", "secundario")
    return None


@salida("comprometidos_por_pagar")
def a_pagarlo(sesion: Session, pedido: Pedido, vende: bool) -> Salida | None:
    """To where its entity pays it, or notes its C-31, while it is due or owed."""
    suyo = None if vende else compromiso_de(sesion, pedido.id)
    if suyo is None or not (suyo.por_pagar or suyo.estado is EstadoCompromiso.ADEUDADO):
        return None
    return Salida(_("Pagar"), pagina_de_compra(pedido.compra_id), "wallet", "primario")


@router.get(UNA)
def ver(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, actor, pedido_id)


@router.post(UNA)
def responder(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        llego = hoja.datos.llego
        hecho = responder_o_proponer(sesion, actor, pedido_id, llego=llego)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Se responderá cuando firmen los demás."))
        aviso = _("Anotado: el pago llegó.") if llego else _("Anotado: la entidad lo debe y se le avisa.")
        return redirigir(f"/vender/pedidos/{pedido_id}", aviso)
    return _pagina(request, sesion, actor, pedido_id, hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    pedido, suyo = sesion.get(Pedido, pedido_id), compromiso_de(sesion, pedido_id)
    if pedido is None or suyo is None or not _vende(sesion, actor, pedido, con_otros=True):
        raise PedidoNoEncontrado()
    return pagina(
        request,
        "comercio/comprometidos/pago.html",
        hoja=hoja,
        pedido=pedido,
        compromiso=suyo,
        solo=_vende(sesion, actor, pedido),
        dinero=dinero_de(sesion, pedido_id),
        entidad=nombres_de_unidades(sesion, [suyo.entidad_id])[suyo.entidad_id],
        dichos=pagos_dichos(sesion, pedido_id),
        respuesta=RESPUESTA.mostrar(request, {}, enviada=hoja),
    )


def _vende(sesion: Session, actor: Actor, pedido: Pedido, *, con_otros: bool = False) -> bool:
    return tiene_facultad(
        sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO, con_otros=con_otros
    )
