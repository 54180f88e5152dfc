"""Reads of the appeals."""

from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.impugnacion.errores import ImpugnacionNoEncontrada
from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.modelos import Impugnacion


def impugnaciones_de(sesion: Session, convocatoria_id: UUID) -> list[Impugnacion]:
    """Those of a process, in the order they came; public, like what they are against."""
    consulta = (
        select(Impugnacion)
        .where(Impugnacion.convocatoria_id == convocatoria_id)
        .order_by(col(Impugnacion.presentada_en), col(Impugnacion.id))
    )
    return list(sesion.exec(consulta, execution_options={"populate_existing": True}))


def impugnacion_por_id(sesion: Session, impugnacion_id: UUID) -> Impugnacion:
    fila = sesion.get(Impugnacion, impugnacion_id)
    if fila is None:
        raise ImpugnacionNoEncontrada
    return fila


def presentadas(filas: list[Impugnacion]) -> list[Impugnacion]:
    """Those that wait to be resolved."""
    return [fila for fila in filas if fila.estado == EstadoImpugnacion.PRESENTADA]
