"""Payments by card through a Stripe-compatible gateway: top-ups, orders, refunds, disputes.

Another room starts one with `iniciar_pago_con_tarjeta` in its own transaction, commits, answers
`ir_a_la_pasarela` outside any transaction, and listens to `PagoConTarjetaConfirmado`.
"""

from nucleo.fachada import con_valor
from pagos.tarjetas import iniciar, modelos
from pagos.tarjetas.avisos import recibir as recibir_aviso
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.consultas import devuelto_a_tarjetas, intento_por_id, saldo_reembolsable
from pagos.tarjetas.estados import Estado
from pagos.tarjetas.eventos import (
    DISPUTA_PERDIDA,
    PAGO_CONFIRMADO,
    REEMBOLSO_HECHO,
    REEMBOLSO_REVERTIDO,
)
from pagos.tarjetas.ida import cabeceras_de_ida, ir_a_la_pasarela
from pagos.tarjetas.iniciar import iniciar_pago_con_tarjeta, pedir_cancelacion
from pagos.tarjetas.puerta import tarjetas_disponibles, usa_simulacion
from pagos.tarjetas.reembolsar import avanzar_reembolso, pedir_reembolso
from pagos.tarjetas.tareas import conciliar_pagos, conciliar_reembolsos


def _por_enviar(intento: modelos.Intento) -> bool:
    """Whether the gateway has not been asked yet: `avanzar` does."""
    return intento.envios == 0


recargar = con_valor(iniciar.recargar, _por_enviar)

__all__ = [
    "DISPUTA_PERDIDA",
    "PAGO_CONFIRMADO",
    "REEMBOLSO_HECHO",
    "REEMBOLSO_REVERTIDO",
    "Estado",
    "avanzar",
    "avanzar_reembolso",
    "cabeceras_de_ida",
    "conciliar_pagos",
    "conciliar_reembolsos",
    "devuelto_a_tarjetas",
    "iniciar_pago_con_tarjeta",
    "intento_por_id",
    "ir_a_la_pasarela",
    "pedir_cancelacion",
    "pedir_reembolso",
    "recargar",
    "recibir_aviso",
    "saldo_reembolsable",
    "tarjetas_disponibles",
    "usa_simulacion",
]
