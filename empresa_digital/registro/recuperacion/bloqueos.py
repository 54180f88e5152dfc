"""Row lock of a recovery: taken before the unit's."""

from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro.recuperacion.errores import RecuperacionNoEncontrada
from empresa_digital.registro.recuperacion.modelos import Recuperacion


def bloquear_recuperacion(sesion: Session, recuperacion_id: UUID) -> Recuperacion:
    """The recovery as it is now, locked. Raises `RecuperacionNoEncontrada`."""
    consulta = (
        select(Recuperacion)
        .where(col(Recuperacion.id) == recuperacion_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    fila = sesion.exec(consulta).one_or_none()
    if fila is None:
        raise RecuperacionNoEncontrada()
    return fila
