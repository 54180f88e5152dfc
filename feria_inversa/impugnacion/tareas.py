"""Periodic work of the appeals: what nobody resolves in its term confirms the decision."""

from sqlmodel import col, func, select

from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.impugnacion.resolver import confirmar_por_silencio
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.resolver_impugnaciones", cada=300)
def resolver_impugnaciones() -> int:
    """Appeals whose term to be resolved passed, each in its own transaction; how many."""
    vencidas = (
        select(Impugnacion.id)
        .where(
            Impugnacion.estado == EstadoImpugnacion.PRESENTADA,
            col(Impugnacion.resolver_hasta) <= func.nucleo_ahora(),
        )
        .order_by(col(Impugnacion.resolver_hasta))
    )
    return cada_uno(pendientes(vencidas), confirmar_por_silencio)
