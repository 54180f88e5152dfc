"""The end of what is held of an order: its accounts are closed with it."""

from sqlmodel import Session

from comercio.custodia.asunto import CLASE
from comercio.custodia.bloqueos import bloquear_compromiso
from comercio.custodia.compromiso import TERMINADOS, VIDA_COMPROMISO, EstadoCompromiso, Garantia
from comercio.custodia.estados import VIDA_CUSTODIA, EstadoCustodia
from comercio.custodia.modelos import Compromiso, Custodia
from nucleo.reloj import ahora_bd
from pagos import cerrar_cuenta_de_asunto
from pagos.presupuesto import cerrar_compromiso

_DE_SU_FIN = {
    EstadoCustodia.LIBERADA: EstadoCompromiso.PAGADO,
    EstadoCustodia.DEVUELTA: EstadoCompromiso.LIBERADO,
}


def terminar(
    sesion: Session, custodia: Custodia, fin: EstadoCustodia, compromiso: EstadoCompromiso | None = None
) -> None:
    """`compromiso`: what becomes of one that is executed without money."""
    suyo = None
    if custodia.garantia == Garantia.COMPROMISO:
        with sesion.no_autoflush:  # the sums and the end are one change
            suyo = bloquear_compromiso(sesion, custodia.pedido_id)
    VIDA_CUSTODIA.pasar(custodia, fin)
    custodia.terminada_en = ahora_bd(sesion)
    cerrar_cuenta_de_asunto(sesion, CLASE, custodia.pedido_id)
    if suyo is not None:
        cerrar_compromiso(sesion, custodia.pedido_id)
        pasar_compromiso(sesion, suyo, compromiso or _DE_SU_FIN[fin])


def pasar_compromiso(sesion: Session, fila: Compromiso, a: EstadoCompromiso) -> None:
    """One step of a commitment, locked: nobody waits for its payment any more, nor for an answer."""
    VIDA_COMPROMISO.pasar(fila, a)
    fila.intentar_en = fila.avisar_en = fila.adeudar_en = fila.responder_hasta = fila.recordar_en = None
    fila.falla = None
    fila.terminado_en = ahora_bd(sesion) if a in TERMINADOS else None
