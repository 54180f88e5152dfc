"""Reads of the identifiers."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from empresa_digital.registro.identificadores.modelos import Identificador


def identificadores_de(sesion: Session, unidad_id: UUID) -> dict[str, str]:
    consulta = select(Identificador).where(col(Identificador.unidad_id) == unidad_id)
    filas = sesion.execute(consulta.order_by(col(Identificador.esquema))).scalars()
    return {fila.esquema: fila.valor for fila in filas}
