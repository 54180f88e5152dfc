"""Locks of the bids."""

from uuid import UUID

from sqlmodel import Session

from feria_inversa.ofertas.modelos import ArchivoAbierto
from nucleo.bloqueos import cerrojo, cerrojo_si_libre


def lugar_de(sesion: Session, convocatoria_id: UUID, unidad_id: UUID) -> None:
    """One bid act at a time for each unit in a call."""
    cerrojo(sesion, _lugar(convocatoria_id, unidad_id))


def lugar_si_libre(sesion: Session, convocatoria_id: UUID, unidad_id: UUID) -> bool:
    """The same without waiting: False while the unit does something there."""
    return cerrojo_si_libre(sesion.connection(), _lugar(convocatoria_id, unidad_id))


def _lugar(convocatoria_id: UUID, unidad_id: UUID) -> str:
    return f"feria:{convocatoria_id}:{unidad_id}"


def archivo_abierto(sesion: Session, oferta_id: UUID, numero: int) -> ArchivoAbierto | None:
    """A file of an opened bid, while it is read."""
    return sesion.get(ArchivoAbierto, (oferta_id, numero), with_for_update=True)
