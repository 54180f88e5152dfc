"""Drafts that nobody has touched for a quarter go: time alone leads to an end."""

from datetime import timedelta

from sqlmodel import col, select

from envios.tarifas.bloqueos import tarifario_bloqueado
from envios.tarifas.estados import VIDA_TARIFARIO, EstadoTarifario
from envios.tarifas.modelos import Tarifario
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica

OLVIDO = timedelta(days=90)


@periodica("envios.descartar_borradores_de_tarifas", cada=24 * 3600)
def descartar_borradores() -> int:
    """How many were thrown away."""
    descartados = 0
    with transaccion() as sesion:
        limite = ahora_bd(sesion) - OLVIDO
        viejos = select(Tarifario.id).where(
            col(Tarifario.estado) == EstadoTarifario.BORRADOR.value, col(Tarifario.tocado_en) < limite
        )
        ids = sesion.exec(viejos.order_by(col(Tarifario.id)).limit(500)).all()
    for id in ids:
        with transaccion() as sesion:
            tarifario = tarifario_bloqueado(sesion, id)
            if tarifario.estado == EstadoTarifario.BORRADOR and tarifario.tocado_en < limite:
                VIDA_TARIFARIO.pasar(tarifario, EstadoTarifario.DESCARTADO)
                quien = Actor.sistema("envios.tarifas")
                auditar(sesion, quien, "tarifario.descartar", "envios_tarifario", id, {"olvidado": True})
                descartados += 1
    return descartados
