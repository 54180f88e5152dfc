"""Payments by card through a Stripe-compatible gateway: top-ups, orders, refunds, disputes.

Another room starts one with `pedir_pago_con_tarjeta` in its own transaction, commits, answers
`ir_a_la_pasarela` outside any transaction, and listens to `PagoConTarjetaConfirmado`.
"""

from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from nucleo.fachada import con_valor, sin_fila
from pagos.tarjetas import iniciar, modelos, reembolsar
from pagos.tarjetas.avisos import recibir as recibir_aviso
from pagos.tarjetas.conciliar import avanzar, avanzar_al_volver
from pagos.tarjetas.consultas import (
    ReclamoDelBanco,
    ReclamoSinCubrir,
    RecuperadoSinRepartir,
    devuelto_a_tarjetas,
    hay_pago,
    intento_por_id,
    reclama_un_banco,
    reclamos_del_banco,
    reclamos_sin_cubrir,
    recuperado_sin_repartir,
    saldo_reembolsable,
)
from pagos.tarjetas.disputar import cobrar_lo_perdido, repartir_lo_recuperado
from pagos.tarjetas.estados import Estado, EstadoDisputa, EstadoRespuesta
from pagos.tarjetas.eventos import (
    DISPUTA_ABIERTA,
    DISPUTA_GANADA,
    DISPUTA_PERDIDA,
    PAGO_CONFIRMADO,
    REEMBOLSO_HECHO,
    REEMBOLSO_REVERTIDO,
)
from pagos.tarjetas.ida import cabeceras_de_ida, ir_a_la_pasarela, preguntar
from pagos.tarjetas.iniciar import dejar_de_cobrar, iniciar_pago_con_tarjeta
from pagos.tarjetas.puerta import tarjetas_disponibles, usa_simulacion
from pagos.tarjetas.reembolsar import avanzar_reembolso, devolver_de_asunto
from pagos.tarjetas.regreso import regreso_de_una_orden
from pagos.tarjetas.tareas import conciliar_pagos, conciliar_reembolsos


def _por_enviar(intento: modelos.Intento) -> bool:
    """Whether the gateway has not been asked yet: `avanzar` does."""
    return intento.envios == 0


def _en_la_pasarela(intento: modelos.Intento) -> str | None:
    return intento.pasarela_id


def saldo_por_devolver(sesion: Session, intento_id: UUID) -> Money:
    """What of a payment by card can still be given back to the card."""
    return saldo_reembolsable(sesion, intento_por_id(sesion, intento_id))


recargar = con_valor(iniciar.recargar, _por_enviar)


def _como_va(intento: modelos.Intento) -> tuple[Estado, str | None, str | None]:
    """Its state, the gateway's page where the person pays it, and why a card was refused."""
    return Estado(intento.estado), intento.accion_url, intento.motivo


pedir_pago_con_tarjeta = sin_fila(iniciar_pago_con_tarjeta)
pago_en_curso = con_valor(intento_por_id, _como_va)
id_en_la_pasarela = con_valor(intento_por_id, _en_la_pasarela)
devolver_a_la_tarjeta = sin_fila(reembolsar.pedir_reembolso)

__all__ = [
    "DISPUTA_ABIERTA",
    "DISPUTA_GANADA",
    "DISPUTA_PERDIDA",
    "PAGO_CONFIRMADO",
    "REEMBOLSO_HECHO",
    "REEMBOLSO_REVERTIDO",
    "Estado",
    "EstadoDisputa",
    "EstadoRespuesta",
    "ReclamoDelBanco",
    "ReclamoSinCubrir",
    "RecuperadoSinRepartir",
    "avanzar",
    "avanzar_al_volver",
    "avanzar_reembolso",
    "cabeceras_de_ida",
    "cobrar_lo_perdido",
    "conciliar_pagos",
    "conciliar_reembolsos",
    "dejar_de_cobrar",
    "devolver_a_la_tarjeta",
    "devolver_de_asunto",
    "devuelto_a_tarjetas",
    "hay_pago",
    "id_en_la_pasarela",
    "iniciar_pago_con_tarjeta",
    "intento_por_id",
    "ir_a_la_pasarela",
    "pago_en_curso",
    "pedir_pago_con_tarjeta",
    "preguntar",
    "recargar",
    "recibir_aviso",
    "reclama_un_banco",
    "reclamos_del_banco",
    "reclamos_sin_cubrir",
    "recuperado_sin_repartir",
    "regreso_de_una_orden",
    "repartir_lo_recuperado",
    "saldo_por_devolver",
    "saldo_reembolsable",
    "tarjetas_disponibles",
    "usa_simulacion",
]
