"""Periodic work: recoveries that nobody decided end."""

from sqlmodel import col, select

from empresa_digital.registro.recuperacion.bloqueos import bloquear_recuperacion
from empresa_digital.registro.recuperacion.estados import VIVAS
from empresa_digital.registro.recuperacion.modelos import Recuperacion
from empresa_digital.registro.recuperacion.recuperar import vencer
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica


@periodica("registro.vencer_recuperaciones", cada=3600)
def vencer_recuperaciones() -> int:
    """Returns how many ended."""
    with transaccion() as sesion:
        vencidas = select(Recuperacion.id).where(
            col(Recuperacion.estado).in_(VIVAS), col(Recuperacion.vence_en) <= ahora_bd(sesion)
        )
        ids = sesion.exec(vencidas.order_by(col(Recuperacion.id)).limit(100)).all()
    hechas = 0
    for recuperacion_id in ids:
        with transaccion() as sesion:
            fila = bloquear_recuperacion(sesion, recuperacion_id)
            if fila.estado in VIVAS:
                vencer(sesion, fila)
                hechas += 1
    return hechas
