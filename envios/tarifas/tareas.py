"""Drafts that nobody has touched for a quarter go: time alone leads to an end."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from envios.tarifas.bloqueos import tarifario_bloqueado
from envios.tarifas.estados import VIDA_TARIFARIO, EstadoTarifario
from envios.tarifas.modelos import Tarifario
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, pendientes, periodica

OLVIDO = timedelta(days=90)


@periodica("envios.descartar_borradores_de_tarifas", cada=24 * 3600)
def descartar_borradores() -> int:
    """How many were thrown away."""
    viejos = select(Tarifario.id).where(
        col(Tarifario.estado) == EstadoTarifario.BORRADOR.value,
        col(Tarifario.tocado_en) < func.nucleo_ahora() - OLVIDO,
    )
    return cada_uno(pendientes(viejos.order_by(col(Tarifario.id))), descartar_olvidado)


def descartar_olvidado(sesion: Session, tarifario_id: UUID) -> bool:
    """False when it is no draft any more, or somebody touched it."""
    tarifario = tarifario_bloqueado(sesion, tarifario_id)
    if tarifario.estado != EstadoTarifario.BORRADOR or tarifario.tocado_en >= ahora_bd(sesion) - OLVIDO:
        return False
    VIDA_TARIFARIO.pasar(tarifario, EstadoTarifario.DESCARTADO)
    quien = Actor.sistema("envios.tarifas")
    auditar(sesion, quien, "tarifario.descartar", "envios_tarifario", tarifario_id, {"olvidado": True})
    return True
