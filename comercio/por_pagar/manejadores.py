"""What is heard of the payments by card of purchases, and of the money that comes back of their orders."""

from uuid import UUID

from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.custodia.eventos import DINERO_DEVUELTO
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.responder import avisar_rechazada
from comercio.por_pagar.seguir import revisar
from nucleo.eventos import EventoRecibido, al_ocurrir
from pagos.tarjetas.eventos import (
    DISPUTA_ABIERTA,
    DISPUTA_GANADA,
    DISPUTA_PERDIDA,
    PAGO_CONFIRMADO,
    PAGO_NO_REALIZADO,
    REEMBOLSO_REVERTIDO,
    RESPUESTA_RECHAZADA,
)


def _si_es_de_una_compra(sesion: Session, id: UUID, *, llego: bool = False, fallo: bool = False) -> None:
    if sesion.get(PorPagar, id) is not None:
        revisar(sesion, id, llego=llego, fallo=fallo)


@al_ocurrir(PAGO_CONFIRMADO, consumidor="comercio.cobrar_compra")
def al_pagarse(sesion: Session, evento: EventoRecibido) -> None:
    _si_es_de_una_compra(sesion, evento.objeto_id, llego=True)


@al_ocurrir(PAGO_NO_REALIZADO, consumidor="comercio.soltar_compra")
def al_no_pagarse(sesion: Session, evento: EventoRecibido) -> None:
    _si_es_de_una_compra(sesion, evento.objeto_id, fallo=True)


@al_ocurrir(REEMBOLSO_REVERTIDO, consumidor="comercio.devolver_otra_vez")
def al_revertirse(sesion: Session, evento: EventoRecibido) -> None:
    _si_es_de_una_compra(sesion, evento.objeto_id)


def al_reclamar_el_banco(sesion: Session, evento: EventoRecibido) -> None:
    _si_es_de_una_compra(sesion, evento.objeto_id)


for _tipo in (DISPUTA_ABIERTA, DISPUTA_GANADA, DISPUTA_PERDIDA):
    al_ocurrir(_tipo, consumidor="comercio.atender_al_banco")(al_reclamar_el_banco)


@al_ocurrir(DINERO_DEVUELTO, consumidor="comercio.devolver_a_la_tarjeta")
def al_devolverse(sesion: Session, evento: EventoRecibido) -> None:
    _si_es_de_una_compra(sesion, sesion.get_one(Pedido, evento.objeto_id).compra_id)


@al_ocurrir(RESPUESTA_RECHAZADA, consumidor="comercio.avisar_que_no_llego")
def al_no_recibirla_el_banco(sesion: Session, evento: EventoRecibido) -> None:
    avisar_rechazada(sesion, UUID(str(evento.datos["respuesta_id"])))
