"""Shipments: S10 items, their events, tracking, and delivery with the recipient's code."""

from envios import consultas, simulador
from envios import crear_envio as anuncios
from envios.estados import EstadoEnvio
from envios.simulador import duracion_h
from envios.valores import Envio
from nucleo.fachada import con_valor, sin_fila

crear_envio = con_valor(anuncios.crear_envio, Envio.de)
envio_por_id = con_valor(consultas.envio_por_id, Envio.de)
envio_por_referencia = con_valor(consultas.envio_por_referencia, Envio.de_haberla)
avanzar_demo = sin_fila(simulador.avanzar_demo)

__all__ = [
    "Envio",
    "EstadoEnvio",
    "avanzar_demo",
    "crear_envio",
    "duracion_h",
    "envio_por_id",
    "envio_por_referencia",
]
