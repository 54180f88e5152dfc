"""Terms that an operator is given, in working days of the place where it has its seat."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import unidad_por_id
from nucleo.plazos import CalendarioSinPublicar, correr


def vence_en_su_sede(
    sesion: Session, plazo: str, operador_unidad_id: UUID, instante: datetime, *, sin_calendario: timedelta
) -> datetime:
    """The end of a term that begins at an instant; `sin_calendario` after it when the holidays of that year
    are not published: what an operator does is never refused because of that.
    """
    sede = unidad_por_id(sesion, operador_unidad_id).municipio_ine
    try:
        vence_en = correr(sesion, plazo, instante, [sede]).vence_en
    except CalendarioSinPublicar:
        return instante + sin_calendario
    assert vence_en is not None
    return vence_en
