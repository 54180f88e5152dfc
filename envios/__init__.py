"""Shipments: S10 items, their events, tracking, and delivery with the recipient's code."""

from envios import items, simulador
from envios.items import Envio, EstadoEnvio
from nucleo.fachada import con_valor, sin_fila

crear_envio = con_valor(items.crear_envio, Envio.de)
envio_por_id = con_valor(items.envio_por_id, Envio.de)
envio_por_referencia = con_valor(items.envio_por_referencia, Envio.de_haberla)
avanzar_demo = sin_fila(simulador.avanzar_demo)
duracion_h = simulador.duracion_h

__all__ = [
    "Envio",
    "EstadoEnvio",
    "avanzar_demo",
    "crear_envio",
    "duracion_h",
    "envio_por_id",
    "envio_por_referencia",
]
