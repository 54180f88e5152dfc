"""Shipments: S10 items, their events, tracking, and delivery with the recipient's code."""

from envios import s10
from envios.consultas import (
    Bandeja,
    contar_bandejas,
    envio_por_id,
    envio_por_numero,
    envio_por_referencia,
    envios_por_referencia,
    eventos_de,
)
from envios.crear_envio import crear_envio
from envios.entregar import anular_envio, entregar
from envios.estados import EstadoEnvio, derivar_estado
from envios.modelos import Envio, EventoEnvio
from envios.simulador import avanzar_demo, duracion_h

__all__ = [
    "Bandeja",
    "Envio",
    "EstadoEnvio",
    "EventoEnvio",
    "anular_envio",
    "avanzar_demo",
    "contar_bandejas",
    "crear_envio",
    "derivar_estado",
    "duracion_h",
    "entregar",
    "envio_por_id",
    "envio_por_numero",
    "envio_por_referencia",
    "envios_por_referencia",
    "eventos_de",
    "s10",
]
