"""Reads of the identifiers."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from empresa_digital.registro.identificadores.modelos import Identificador


def identificadores_de(sesion: Session, unidad_id: UUID) -> dict[str, str]:
    return identificadores_en_lote(sesion, [unidad_id])[unidad_id]


def identificadores_en_lote(sesion: Session, ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """Those of each unit, in one query."""
    consulta = select(Identificador).where(col(Identificador.unidad_id).in_(ids))
    salida: dict[UUID, dict[str, str]] = {id_: {} for id_ in ids}
    for fila in sesion.execute(consulta.order_by(col(Identificador.esquema))).scalars():
        salida[fila.unidad_id][fila.esquema] = fila.valor
    return salida
