"""What the simulated gateway does by itself: decide what was left for later, and answer what was slow."""

from pagos.tarjetas.simulada import disputas, pagos, reembolsos, sesiones
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.lecturas import exigir
from pagos.tarjetas.simulada.servidor import ejecutar_demorada


def avanzar_tiempo() -> int:
    """Do everything whose time has come; return how many things happened."""
    hechos = 0
    while True:
        with abrir() as almacen:
            vencido = almacen.vencido("payment_intent", "charge", "refund", "sesion", "dispute", "clave")
            if vencido is None:
                return hechos
            tipo, id = vencido
            objeto = exigir(almacen, tipo, id)
            match tipo:
                case "payment_intent":
                    _decidir_pago(almacen, objeto)
                case "charge" if objeto["refunded"]:  # nothing is left to dispute
                    almacen.guardar("charge", id, objeto)
                case "charge":
                    disputas.disputar(almacen, objeto)
                case "refund":
                    reembolsos.decidir(almacen, objeto)
                case "sesion":
                    sesiones.expirar_sesion(almacen, id)
                case "dispute":
                    disputas.vencer(almacen, objeto)
                case "clave":
                    ejecutar_demorada(almacen, id, objeto)
        hechos += 1


def _decidir_pago(almacen: Almacen, pi: Json) -> None:
    procesaba = pi["status"] == "processing"
    pagos.vencer(almacen, pi)
    if procesaba:
        sesiones.al_cobrar_despues(almacen, pi)
