"""Periodic work of payments."""

from sqlalchemy import text

from nucleo.bd import transaccion
from nucleo.tareas import periodica

POR_TANDA = 500


@periodica("pagos.caducar_pendientes", cada=5)
def caducar_pendientes() -> int:
    """Give back what overdue pending payments held; returns how many there were."""
    total = 0
    while True:
        with transaccion() as sesion:
            consulta = text("SELECT pagos_vencer(:cuantas)")
            hechas = int(sesion.connection().execute(consulta, {"cuantas": POR_TANDA}).scalar_one())
        total += hechas
        if hechas < POR_TANDA:
            return total
