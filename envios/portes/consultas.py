"""Reads of postage."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select

from envios.portes.estados import EstadoExcedente
from envios.portes.modelos import Excedente, Porte
from envios.portes.valores import ExcedenteDeItem, PorteDeItem
from nucleo.filas import una_de


def porte_de(sesion: Session, envio_id: UUID) -> PorteDeItem | None:
    """What an item's postage is now; None when it has none here (an order's, for one)."""
    return portes_de(sesion, [envio_id]).get(envio_id)


def portes_de(sesion: Session, envios: Collection[UUID]) -> dict[UUID, PorteDeItem]:
    """By item, those that have postage."""
    consulta = select(Porte).where(una_de(Porte.envio_id, envios))
    return {p.envio_id: PorteDeItem.de(p) for p in sesion.exec(consulta)}


def excedente_de_item(sesion: Session, envio_id: UUID) -> ExcedenteDeItem | None:
    """What an item cost above its quote when it was received, and what became of it."""
    fila = excedente_de(sesion, envio_id)
    return ExcedenteDeItem(fila.monto, EstadoExcedente(fila.estado)) if fila is not None else None


def espera_respuesta(envio_id: Any) -> ColumnElement[bool]:
    """Whether the item of this column waits for who pays to answer what it costs above its quote."""
    return exists().where(
        col(Porte.envio_id) == envio_id,
        col(Excedente.porte_id) == col(Porte.id),
        col(Excedente.estado) == EstadoExcedente.POR_CONSENTIR,
    )


def excedente_de(sesion: Session, envio_id: UUID) -> Excedente | None:
    consulta = select(Excedente).join(Porte, col(Porte.id) == col(Excedente.porte_id))
    return sesion.exec(consulta.where(col(Porte.envio_id) == envio_id)).one_or_none()
