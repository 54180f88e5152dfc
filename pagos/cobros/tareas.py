"""Periodic work of charges."""

from sqlmodel import Session

from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica
from pagos.cobros.bloqueos import ordenes_vencidas
from pagos.cobros.estados import VIDA_ORDEN, EstadoOrden
from pagos.cobros.eventos import ORDEN_VENCIDA

POR_TANDA = 200
SISTEMA = Actor.sistema("vencimiento de órdenes de cobro")


@periodica("pagos.cobros.vencer_ordenes", cada=15)
def vencer_ordenes() -> int:
    """Mark overdue the open orders whose due instant passed; returns how many there were."""
    total = 0
    while True:
        with transaccion() as sesion:
            hechas = vencer_tanda(sesion)
        total += hechas
        if hechas < POR_TANDA:
            return total


def vencer_tanda(sesion: Session) -> int:
    """Up to `POR_TANDA` of them that nobody is paying."""
    ahora = ahora_bd(sesion)
    ordenes = ordenes_vencidas(sesion, ahora, POR_TANDA)
    for orden in ordenes:
        VIDA_ORDEN.pasar(orden, EstadoOrden.VENCIDA)
        orden.terminada_en = ahora
        orden.version += 1
        auditar(sesion, SISTEMA, "orden_de_cobro.vencer", "pagos_orden", orden.id)
        publicar(sesion, ORDEN_VENCIDA, orden.id, {"cpt": orden.cpt, "estado": orden.estado}, SISTEMA)
    sesion.flush()
    return len(ordenes)
