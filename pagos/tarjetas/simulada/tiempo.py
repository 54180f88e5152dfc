"""What the simulated gateway does by itself: decide what was left for later, and answer what was slow."""

from pagos.tarjetas.simulada.acciones import (
    cobrar,
    decidir_reembolso,
    disputar,
    emitir,
    exigir,
    expirar_sesion,
    propio_de,
    tarjeta_de,
)
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.servidor import ejecutar_demorada


def avanzar_tiempo() -> int:
    """Do everything whose time has come; return how many things happened."""
    hechos = 0
    while True:
        with abrir() as almacen:
            vencido = almacen.vencido("payment_intent", "charge", "refund", "sesion", "clave")
            if vencido is None:
                return hechos
            tipo, id = vencido
            objeto = exigir(almacen, tipo, id)
            match tipo:
                case "payment_intent":
                    _decidir_pago(almacen, objeto)
                case "charge":
                    disputar(almacen, objeto)
                case "refund":
                    decidir_reembolso(almacen, objeto)
                case "sesion":
                    expirar_sesion(almacen, id)
                case "clave":
                    ejecutar_demorada(almacen, id, objeto)
        hechos += 1


def _decidir_pago(almacen: Almacen, pi: Json) -> None:
    if pi["status"] == "processing":
        cobrar(almacen, pi, tarjeta_de(pi["payment_method"]))
        sesiones = almacen.listar("sesion", limite=1, filtro={"payment_intent": pi["id"]})
        for cs in sesiones:
            cs["payment_status"] = "paid"
            almacen.guardar("sesion", cs["id"], cs)
            emitir(almacen, "checkout.session.async_payment_succeeded", cs, propio_de(cs))
    else:
        almacen.guardar("payment_intent", pi["id"], pi)
