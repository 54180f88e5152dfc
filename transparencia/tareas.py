"""Periodic work of transparency. It asks the database what is due and may run twice at once."""

from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica
from transparencia.hacer import hacer_tabla, por_hacer


@periodica("transparencia.hacer_tablas", cada=3600)
def hacer_tablas() -> int:
    """Write the tables that were not written today; how many were."""
    with transaccion() as sesion:
        cuales = por_hacer(sesion)
    return cada_uno(cuales, hacer_tabla)
