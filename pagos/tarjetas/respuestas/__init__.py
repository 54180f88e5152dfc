"""What whoever was paid answers to a cardholder's claim: evidence, written once and handed in in time."""

from uuid import UUID

from sqlmodel import Session

from nucleo.fachada import sin_fila
from pagos.tarjetas.consultas import disputas_de
from pagos.tarjetas.respuestas.responder import Pruebas, avanzar_respuesta, responder, responder_por_asunto

responder_a_la_disputa = sin_fila(responder)


def disputas_del_pago(sesion: Session, intento_id: UUID) -> list[UUID]:
    """The claims on a payment by card, oldest first."""
    return [d.id for d in disputas_de(sesion, intento_id)]


__all__ = [
    "Pruebas",
    "avanzar_respuesta",
    "disputas_del_pago",
    "responder_a_la_disputa",
    "responder_por_asunto",
]
