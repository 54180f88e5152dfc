"""Reads of the entries."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from empresa_digital.registro.asientos.modelos import Asiento
from nucleo.paginacion import PRIMERA_PAGINA, CursorPedido, paginar


def asientos_de(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido = PRIMERA_PAGINA
) -> tuple[list[Asiento], str | None]:
    """The entries of a unit, newest first."""
    consulta = select(Asiento).where(col(Asiento.unidad_id) == unidad_id)
    return paginar(sesion, consulta, pagina, columnas=(col(Asiento.secuencia),))
