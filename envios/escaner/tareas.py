"""What time alone does to readings."""

from sqlmodel import Session

from envios.escaner.bloqueos import bloquear_rechazados
from envios.escaner.estados import VIDA_ESCANEO, EstadoEscaneo
from nucleo.bd import transaccion
from nucleo.plazos import plazo
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica

CADUCAR = "envios.resolver_lectura"
LOTE = 500


@periodica("envios.caducar_escaneos", cada=86_400)
def caducar_escaneos() -> int:
    """The refused readings that nobody resolved in their term."""
    with transaccion() as sesion:
        return caducar(sesion)


def caducar(sesion: Session) -> int:
    instante = ahora_bd(sesion)
    filas = bloquear_rechazados(
        sesion, hasta=instante - plazo(sesion, CADUCAR, instante).duracion, cuantos=LOTE
    )
    for fila in filas:
        VIDA_ESCANEO.pasar(fila, EstadoEscaneo.RESUELTO)
        fila.resuelto_en = instante
    sesion.flush()
    return len(filas)
