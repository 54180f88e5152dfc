"""What waits too long is told, once, to who must look at it: nothing of the bank waits in silence."""

from nucleo.bd import transaccion
from nucleo.tareas import periodica
from pagos.banco.esperas import avisar_esperas


@periodica("pagos.avisar_conciliacion", cada=3600)
def avisar() -> int:
    """Returns how many movements and withdrawals were told of."""
    with transaccion() as sesion:
        return avisar_esperas(sesion)
