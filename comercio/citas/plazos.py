"""The terms of an appointment, by the legal clock, at the place of who attends."""

from datetime import datetime

from sqlmodel import Session

from comercio.compra.modelos import Pedido
from empresa_digital.registro import unidad_por_id
from nucleo.plazos import correr

DECLARAR = "comercio.declarar_cita"
RESPONDER = "comercio.responder_cita"
RESPONDER_AUSENCIA = "comercio.responder_ausencia"


def para_declarar(sesion: Session, pedido: Pedido, fin: datetime) -> datetime:
    """Until when the seller may say that it was done, of an appointment that ends then."""
    return _fin(sesion, DECLARAR, pedido, fin)


def para_responder(sesion: Session, pedido: Pedido, pedida_en: datetime) -> datetime:
    """Until when the other side may say whether it is moved."""
    return _fin(sesion, RESPONDER, pedido, pedida_en)


def para_contestar_la_ausencia(sesion: Session, pedido: Pedido, dicha_en: datetime) -> datetime:
    """Until when the seller may say that they did attend."""
    return _fin(sesion, RESPONDER_AUSENCIA, pedido, dicha_en)


def _fin(sesion: Session, codigo: str, pedido: Pedido, desde: datetime) -> datetime:
    lugar = unidad_por_id(sesion, pedido.vendedor_id).municipio_ine
    vence_en = correr(sesion, codigo, desde, [lugar]).vence_en
    assert vence_en is not None
    return vence_en
