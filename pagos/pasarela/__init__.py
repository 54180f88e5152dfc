"""Payments by card through a Stripe-compatible gateway: top-ups, orders, refunds, disputes.

Another room starts one with `iniciar_pago_con_tarjeta` in its own transaction, commits, calls `avanzar`
outside any transaction, sends the person to `url_de`, and listens to `PagoConTarjetaConfirmado`.
"""

from pagos.pasarela.conciliar import avanzar, url_de
from pagos.pasarela.consultas import devuelto_a_tarjetas, intento_por_id, saldo_reembolsable
from pagos.pasarela.estados import Estado
from pagos.pasarela.eventos import (
    DISPUTA_PERDIDA,
    PAGO_CONFIRMADO,
    PAGO_NO_REALIZADO,
    REEMBOLSO_HECHO,
    REEMBOLSO_REVERTIDO,
)
from pagos.pasarela.iniciar import iniciar_pago_con_tarjeta, pedir_cancelacion
from pagos.pasarela.modelos import Intento
from pagos.pasarela.puerta import tarjetas_disponibles
from pagos.pasarela.reembolsar import avanzar_reembolso, pedir_reembolso

__all__ = [
    "DISPUTA_PERDIDA",
    "PAGO_CONFIRMADO",
    "PAGO_NO_REALIZADO",
    "REEMBOLSO_HECHO",
    "REEMBOLSO_REVERTIDO",
    "Estado",
    "Intento",
    "avanzar",
    "avanzar_reembolso",
    "devuelto_a_tarjetas",
    "iniciar_pago_con_tarjeta",
    "intento_por_id",
    "pedir_cancelacion",
    "pedir_reembolso",
    "saldo_reembolsable",
    "tarjetas_disponibles",
    "url_de",
]
