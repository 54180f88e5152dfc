"""Locks of this room: an owner's places, alerts by id; an alert before what was found for it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from alertas.modelos import Alerta
from nucleo.bloqueos import cerrojo

# The alerts of which something is due, those that another worker is telling aside.
_CON_PENDIENTES = text(
    """
    SELECT id FROM alertas_alerta WHERE id IN (
        SELECT alerta_id FROM alertas_coincidencia
        WHERE enviada_en IS NULL AND enviar_en <= nucleo_ahora() ORDER BY enviar_en LIMIT 2000
    ) ORDER BY id LIMIT :lote FOR NO KEY UPDATE SKIP LOCKED
    """
)


def lugares_de(sesion: Session, duenio_id: UUID) -> None:
    """One at a time takes a place among the alerts of a person, or of a unit."""
    cerrojo(sesion, f"alertas:{duenio_id}")


def alerta(sesion: Session, alerta_id: UUID) -> Alerta | None:
    consulta = select(Alerta).where(Alerta.id == alerta_id).with_for_update(key_share=True)
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()


def con_pendientes(sesion: Session, lote: int) -> Sequence[UUID]:
    return sesion.connection().execute(_CON_PENDIENTES, {"lote": lote}).scalars().all()


def vencidas(sesion: Session, lote: int) -> Sequence[Alerta]:
    consulta = select(Alerta).where(col(Alerta.baja_en).is_(None), text("vence_en <= nucleo_ahora()"))
    bloqueada = (
        consulta.order_by(col(Alerta.id)).limit(lote).with_for_update(key_share=True, skip_locked=True)
    )
    return sesion.exec(bloqueada).all()
