"""What time alone does to debts: when one is due, what the operator's account has goes to its creditor."""

from uuid import UUID

from sqlmodel import Session

from envios.deudas.bloqueos import deudas_bloqueadas
from envios.deudas.consultas import operadores_en_mora, vencidas_de
from envios.deudas.pagar import cobrar
from nucleo.bd import transaccion
from nucleo.dinero import cero
from nucleo.tareas import cada_uno, periodica


@periodica("envios.cobrar_deudas_vencidas", cada=600)
def cobrar_vencidas() -> int:
    """From how many operators something was taken."""
    with transaccion() as sesion:
        operadores = [mora.operador_unidad_id for mora in operadores_en_mora(sesion)]
    return cada_uno(operadores, cobrar_de)


def cobrar_de(sesion: Session, operador_unidad_id: UUID) -> bool:
    """Take what an operator's account has for what it owes past its date, the oldest first."""
    ids = vencidas_de(sesion, operador_unidad_id)
    por_id = {d.id: d for d in deudas_bloqueadas(sesion, ids)}
    return cobrar(sesion, [por_id[id] for id in ids]) > cero()
