"""An item: its number, who sends it to whom, its row and its delivery code."""

from envios.items.acceso import ActorDeEnvios
from envios.items.anunciar import SIN_NOTICIAS, crear_envio, datos_de
from envios.items.bloqueos import bloquear_envio, bloquear_envios
from envios.items.codigo_entrega import FALLOS_MAXIMOS, coincide, leer_codigo
from envios.items.consultas import (
    Bandeja,
    Papeles,
    Vista,
    contar_bandejas,
    envio_del_operador,
    envio_por_id,
    envio_por_numero,
    envio_por_referencia,
    envio_visible,
    envios_de,
    envios_de_bandeja,
    ids_por_numero,
    vista_de,
)
from envios.items.errores import EnvioNoEncontrado, EnvioTerminado, NumeroDeEnvioInvalido
from envios.items.esquemas import Entrada, EnvioLeido
from envios.items.estados import ESCALA_TERMINAL, VIDA_ENVIO, EstadoEnvio
from envios.items.partes import destinatario_de, partes_de, recibe, remitente_de
from envios.items.presentar import leer_envio, url_de_seguimiento
from envios.items.valores import Envio
from envios.items.vistas import lugares_de, nombre_unidad, pasos_de, tono
from envios.items.web_comun import contexto, operador_de, operadores_de, volver

__all__ = [
    "ESCALA_TERMINAL",
    "FALLOS_MAXIMOS",
    "SIN_NOTICIAS",
    "VIDA_ENVIO",
    "ActorDeEnvios",
    "Bandeja",
    "Entrada",
    "Envio",
    "EnvioLeido",
    "EnvioNoEncontrado",
    "EnvioTerminado",
    "EstadoEnvio",
    "NumeroDeEnvioInvalido",
    "Papeles",
    "Vista",
    "bloquear_envio",
    "bloquear_envios",
    "coincide",
    "contar_bandejas",
    "contexto",
    "crear_envio",
    "datos_de",
    "destinatario_de",
    "envio_del_operador",
    "envio_por_id",
    "envio_por_numero",
    "envio_por_referencia",
    "envio_visible",
    "envios_de",
    "envios_de_bandeja",
    "ids_por_numero",
    "leer_codigo",
    "leer_envio",
    "lugares_de",
    "nombre_unidad",
    "operador_de",
    "operadores_de",
    "partes_de",
    "pasos_de",
    "recibe",
    "remitente_de",
    "tono",
    "url_de_seguimiento",
    "vista_de",
    "volver",
]
