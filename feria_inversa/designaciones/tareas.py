"""Periodic work of the roles: what nobody answers, and who was named until a day."""

from sqlmodel import col, func, select

from feria_inversa.designaciones.designar import cesar_por_reloj
from feria_inversa.designaciones.excusas import resolver_por_reloj
from feria_inversa.papeles import (
    EstadoExcusa,
)
from feria_inversa.papeles.modelos import Designacion, Excusa
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.resolver_excusas", cada=300)
def resolver_excusas() -> int:
    """Recusals whose term to be resolved passed, each in its own transaction; how many."""
    vencidas = (
        select(Excusa.id)
        .where(Excusa.estado == EstadoExcusa.PRESENTADA, col(Excusa.resolver_hasta) <= func.nucleo_ahora())
        .order_by(col(Excusa.resolver_hasta))
    )
    return cada_uno(pendientes(vencidas), resolver_por_reloj)


@periodica("feria.cesar_papeles", cada=300)
def cesar_papeles() -> int:
    """Namings whose last day passed, each in its own transaction; how many."""
    vencidas = (
        select(Designacion.id)
        .where(col(Designacion.cesada_en).is_(None), col(Designacion.hasta) <= func.nucleo_ahora())
        .order_by(col(Designacion.hasta))
    )
    return cada_uno(pendientes(vencidas), cesar_por_reloj)
