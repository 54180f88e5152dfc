"""Periodic work: the summaries of yesterday; cleaning, for what expired long ago helps nobody."""

from datetime import timedelta

from sqlalchemy import delete, func
from sqlmodel import col

from ciudadania.ingreso import borrar_vencidos
from ciudadania.modelos import SesionWeb, Token
from ciudadania.resumen import resumir_dia
from nucleo.bd import transaccion
from nucleo.tareas import periodica

CONSERVAR = timedelta(days=30)


@periodica("ciudadania.resumir", cada=600)
def resumir() -> int:
    return resumir_dia()


@periodica("ciudadania.limpiar", cada=600)
def limpiar() -> int:
    """Delete attempts nobody finished, and sessions and tokens dead for 30 days; returns how many rows."""
    with transaccion() as sesion:
        borradas = borrar_vencidos(sesion)
        for modelo in (SesionWeb, Token):
            muertas = delete(modelo).where(col(modelo.vence_en) < func.nucleo_ahora() - CONSERVAR)
            borradas += int(sesion.connection().execute(muertas).rowcount)
        return borradas
