"""Claims of who bought against who sold: they hold the money of the order until they end."""

from collections.abc import Sequence
from uuid import UUID

from comercio.reclamos import cambiar, reclamar
from comercio.reclamos.consultas import (
    cuantos_por_mediar,
    por_decidir,
    por_responder,
    reclamo_abierto,
    reclamo_visible,
    reclamos_del_pedido,
)
from comercio.reclamos.estados import EstadoReclamo, Lado, MotivoReclamo
from comercio.reclamos.modelos import Reclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.terminar import dejar_por_banco
from comercio.reclamos.vueltas import lo_que_volvio
from nucleo.fachada import con_valor, sin_fila


def _sus_ids(reclamos: Sequence[Reclamo]) -> tuple[UUID, ...]:
    return tuple(r.id for r in reclamos)


abrir_reclamo = sin_fila(reclamar.abrir)
responder_reclamo = sin_fila(reclamar.responder)
aceptar_oferta = sin_fila(reclamar.aceptar_oferta)
ofrecer_cambio = sin_fila(cambiar.ofrecer_cambio)
pedir_mediacion = sin_fila(reclamar.pedir_mediacion)
decidir_reclamo = sin_fila(reclamar.decidir)
ids_de_reclamos = con_valor(reclamos_del_pedido, _sus_ids)

__all__ = [
    "EstadoReclamo",
    "Lado",
    "MotivoReclamo",
    "abrir_reclamo",
    "aceptar_oferta",
    "cuantos_por_mediar",
    "decidir_reclamo",
    "dejar_por_banco",
    "ids_de_reclamos",
    "lo_que_volvio",
    "ofrecer_cambio",
    "pedir_mediacion",
    "por_decidir",
    "por_responder",
    "reclamo_abierto",
    "reclamo_visible",
    "responder_reclamo",
    "vencer_reclamos",
]
