"""The sweep of the annual plans: a plan ends with its year."""

from sqlalchemy import extract
from sqlmodel import col, func, select

from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.plan.modelos import Plan
from feria_inversa.plan.planificar import terminar
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.terminar_planes", cada=300)
def terminar_planes() -> int:
    """Published plans whose year ended, each in its own transaction; how many."""
    este_anio = extract("year", func.timezone("America/La_Paz", func.nucleo_ahora()))
    terminados = (
        select(Plan.id)
        .where(Plan.estado == EstadoPlan.PUBLICADO, col(Plan.gestion) < este_anio)
        .order_by(col(Plan.gestion), col(Plan.id))
    )
    return cada_uno(pendientes(terminados), terminar)
