"""The units for which somebody may sell, and the one they are at."""

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, Unidad, unidades_de
from nucleo.actor import Actor


def tiendas_de(sesion: Session, actor: Actor) -> list[Unidad]:
    return unidades_de(sesion, actor, Facultad.VENDER, estados=CON_LO_SUYO)


def elegir_tienda(unidades: list[Unidad], unidad: str) -> Unidad | None:
    """The unit named in the address, or the first one the person sells for."""
    return next((u for u in unidades if unidad in (str(u.id), u.numero)), unidades[0] if unidades else None)
