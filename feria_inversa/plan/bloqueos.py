"""The locks of the plans: the plan before anything else; two of one year, by their entity and year."""

from uuid import UUID

from sqlmodel import Session

from feria_inversa.plan.errores import PlanNoEncontrado
from feria_inversa.plan.modelos import Plan
from nucleo.bloqueos import cerrojo


def bloquear_gestion(sesion: Session, unidad_id: UUID, gestion: int) -> None:
    """Two that begin the plan of one year come one after the other."""
    cerrojo(sesion, f"feria.plan:{unidad_id}:{gestion}")


def bloquear_plan(sesion: Session, plan_id: UUID) -> Plan:
    """Locked and fresh: what is changed of it is changed by one at a time. Raises `PlanNoEncontrado`."""
    return _leer(sesion, plan_id, {"key_share": True})


def compartir_plan(sesion: Session, plan_id: UUID) -> Plan:
    """Nobody changes it until this transaction ends."""
    return _leer(sesion, plan_id, {"read": True})


def _leer(sesion: Session, plan_id: UUID, como: dict[str, bool]) -> Plan:
    fila = sesion.get(Plan, plan_id, with_for_update=como, populate_existing=True)
    if fila is None:
        raise PlanNoEncontrado
    return fila
