"""Periodic work: recoveries that nobody decided end."""

from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro.recuperacion.bloqueos import bloquear_recuperacion
from empresa_digital.registro.recuperacion.estados import VIVAS
from empresa_digital.registro.recuperacion.modelos import Recuperacion
from empresa_digital.registro.recuperacion.recuperar import vencer
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, periodica


@periodica("registro.vencer_recuperaciones", cada=3600)
def vencer_recuperaciones() -> int:
    """Returns how many ended."""
    with transaccion() as sesion:
        vencidas = select(Recuperacion.id).where(
            col(Recuperacion.estado).in_(VIVAS), col(Recuperacion.vence_en) <= ahora_bd(sesion)
        )
        ids = sesion.exec(vencidas.order_by(col(Recuperacion.id)).limit(100)).all()
    return cada_uno(ids, _vencer)


def _vencer(sesion: Session, recuperacion_id: UUID) -> bool:
    """False when it ended otherwise meanwhile."""
    fila = bloquear_recuperacion(sesion, recuperacion_id)
    if fila.estado not in VIVAS:
        return False
    vencer(sesion, fila)
    return True
