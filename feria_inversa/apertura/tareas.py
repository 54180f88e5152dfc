"""Periodic work of the opening: what nobody opens is opened by the clock, or ends if it is sealed."""

from sqlmodel import col, func, select

from feria_inversa.apertura.apertura import (
    LOS_ABRE_EL_RELOJ,
    LOS_ANULA_EL_RELOJ,
    abrir_por_reloj,
    anular_por_reloj,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.abrir_sobres", cada=300)
def abrir_sobres() -> int:
    """Calls whose term to be opened passed, each in its own transaction; how many."""
    vencidas = (
        select(Convocatoria.id)
        .where(
            col(Convocatoria.estado).in_(LOS_ABRE_EL_RELOJ),
            col(Convocatoria.sigue_en) <= func.nucleo_ahora(),
        )
        .order_by(col(Convocatoria.sigue_en))
    )
    return cada_uno(pendientes(vencidas), abrir_por_reloj)


@periodica("feria.anular_sin_llave", cada=300)
def anular_sin_llave() -> int:
    """Sealed calls whose parts did not come in their second term, or whose technical part nobody qualified in
    its own, each in its own transaction; how many.
    """
    vencidas = (
        select(Convocatoria.id)
        .where(
            col(Convocatoria.estado).in_(LOS_ANULA_EL_RELOJ),
            col(Convocatoria.sigue_en) <= func.nucleo_ahora(),
        )
        .order_by(col(Convocatoria.sigue_en))
    )
    return cada_uno(pendientes(vencidas), anular_por_reloj)
