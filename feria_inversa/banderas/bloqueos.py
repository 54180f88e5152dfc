"""Locks of the red flags: one writes those of a process, or of many, at a time; an answer after another."""

from uuid import UUID

from sqlmodel import Session, select

from feria_inversa.banderas.modelos import BanderaVista
from nucleo.bloqueos import cerrojo, cerrojo_si_libre


def uno_por_proceso(sesion: Session, convocatoria_id: UUID) -> None:
    cerrojo(sesion, f"feria:banderas:{convocatoria_id}")


def entidad_si_libre(sesion: Session, codigo: str) -> bool:
    """False when another looks at that entity."""
    return cerrojo_si_libre(sesion.connection(), f"feria:banderas:entidad:{codigo}")


def todos_si_libre(sesion: Session) -> bool:
    """False when another looks at all of them."""
    return cerrojo_si_libre(sesion.connection(), "feria:banderas:todos")


def bloquear_bandera(sesion: Session, bandera_id: int) -> BanderaVista:
    consulta = select(BanderaVista).where(BanderaVista.id == bandera_id).with_for_update()
    return sesion.exec(consulta, execution_options={"populate_existing": True}).one()
