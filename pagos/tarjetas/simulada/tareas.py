"""What the simulated gateway does by itself in the demonstration: time passes, webhooks leave."""

from nucleo.tareas import periodica
from pagos.tarjetas.simulada.acciones import avanzar_tiempo
from pagos.tarjetas.simulada.avisos import entregar_avisos


@periodica("pagos.tarjetas.simulada.vivir", cada=2)
def vivir() -> int:
    """Decide what banks decide late, and send the webhooks that are due."""
    return avanzar_tiempo() + entregar_avisos()
