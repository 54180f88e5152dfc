"""An item: its number, who sends it to whom, its row and its delivery code."""

from envios.items.acceso import ActorDeEnvios, ActorDePagos
from envios.items.anunciar import crear_envio, datos_de
from envios.items.bloqueados import EnvioBloqueado, EnvioConEventos
from envios.items.bloqueos import bloquear_envio, bloquear_envios, bloquear_para_eventos
from envios.items.codigo_entrega import FALLOS_MAXIMOS, abre, codigo_dicho, coincide, leer_codigo
from envios.items.consultas import (
    Bandeja,
    Papeles,
    Vista,
    envio_del_operador,
    envio_por_id,
    envio_por_referencia,
    envio_visible,
    envios_de,
    exigir_despacho_de,
    numeros_de,
    vista_de,
)
from envios.items.contacto import calla_el_contacto, callados, se_disputa
from envios.items.cotizaciones import envio_de_cotizacion, tomar_cotizacion
from envios.items.errores import EnvioNoEncontrado, EnvioTerminado, NumeroAmbiguo, NumeroDeEnvioInvalido
from envios.items.esquema import Esquema
from envios.items.esquemas import EnvioLeido
from envios.items.estados import ESCALA_TERMINAL, VIDA_ENVIO, EstadoEnvio
from envios.items.identificadores import (
    agregar_identificador,
    identificadores_de,
    retirar_identificador,
)
from envios.items.partes import ENVIAN, avisar_a, destinatario_de, es_de, partes_de, recibe, remitente_de
from envios.items.por_numero import (
    Candidato,
    candidatos_de,
    elegir,
    envio_por_numero,
    error_de_escritura,
    ids_por_numero,
)
from envios.items.presentar import leer_envio, plus_de, url_de_seguimiento
from envios.items.terminos import Terminos, reglamento, terminos
from envios.items.valores import Envio
from envios.items.vistas import lugares_de, nombre_unidad, pasos_de, tono
from envios.items.web_comun import contexto, operador_de, operadores_de, volver

__all__ = [
    "ENVIAN",
    "ESCALA_TERMINAL",
    "FALLOS_MAXIMOS",
    "VIDA_ENVIO",
    "ActorDeEnvios",
    "ActorDePagos",
    "Bandeja",
    "Candidato",
    "Envio",
    "EnvioBloqueado",
    "EnvioConEventos",
    "EnvioLeido",
    "EnvioNoEncontrado",
    "EnvioTerminado",
    "Esquema",
    "EstadoEnvio",
    "NumeroAmbiguo",
    "NumeroDeEnvioInvalido",
    "Papeles",
    "Terminos",
    "Vista",
    "abre",
    "agregar_identificador",
    "avisar_a",
    "bloquear_envio",
    "bloquear_envios",
    "bloquear_para_eventos",
    "calla_el_contacto",
    "callados",
    "candidatos_de",
    "codigo_dicho",
    "coincide",
    "contexto",
    "crear_envio",
    "datos_de",
    "destinatario_de",
    "elegir",
    "envio_de_cotizacion",
    "envio_del_operador",
    "envio_por_id",
    "envio_por_numero",
    "envio_por_referencia",
    "envio_visible",
    "envios_de",
    "error_de_escritura",
    "es_de",
    "exigir_despacho_de",
    "identificadores_de",
    "ids_por_numero",
    "leer_codigo",
    "leer_envio",
    "lugares_de",
    "nombre_unidad",
    "numeros_de",
    "operador_de",
    "operadores_de",
    "partes_de",
    "pasos_de",
    "plus_de",
    "recibe",
    "reglamento",
    "remitente_de",
    "retirar_identificador",
    "se_disputa",
    "terminos",
    "tomar_cotizacion",
    "tono",
    "url_de_seguimiento",
    "vista_de",
    "volver",
]
