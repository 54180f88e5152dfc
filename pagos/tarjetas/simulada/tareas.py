"""What the simulated gateway does by itself in the demonstration: time passes, webhooks leave."""

from nucleo.tareas import periodica
from pagos.tarjetas.puerta import usa_simulacion
from pagos.tarjetas.simulada.avisos import entregar_avisos
from pagos.tarjetas.simulada.tiempo import avanzar_tiempo

if usa_simulacion():

    @periodica("pagos.tarjetas.simulada.vivir", cada=2)
    def vivir() -> int:
        """Decide what banks decide late, and send the webhooks that are due."""
        return avanzar_tiempo() + entregar_avisos()
