"""Shipments: S10 items, their events, tracking, and delivery with the recipient's code."""

from envios import deudas, entrega, eventos, items, simulador, tarifas
from envios.deudas import OperadorEnMora
from envios.eventos import AnulacionPedida, CodigoBloqueado, CodigoIncorrecto, YaEnManos
from envios.items import (
    FALLOS_MAXIMOS,
    Envio,
    EnvioTerminado,
    EstadoEnvio,
    codigo_dicho,
    coincide,
    leer_codigo,
)
from envios.tarifas import Tarifa
from nucleo.fachada import con_valor, sin_fila

crear_envio = con_valor(items.crear_envio, Envio.de)
envio_de_cotizacion = con_valor(items.envio_de_cotizacion, Envio.de_haberla)
envio_por_id = con_valor(items.envio_por_id, Envio.de)
envio_por_numero = con_valor(items.envio_por_numero, Envio.de)
envio_por_referencia = con_valor(items.envio_por_referencia, Envio.de_haberla)
avanzar_demo = sin_fila(simulador.avanzar_demo)
duracion_h = simulador.duracion_h
estados_de = eventos.estados_de
entrega_prometida = eventos.entrega_prometida
anotar_todos = eventos.anotar_todos
pedir_anulacion = sin_fila(eventos.pedir_anulacion)
agregar_identificador = sin_fila(items.agregar_identificador)
elegir_entrega = sin_fila(entrega.elegir)
probar_entrega = sin_fila(entrega.probar_entrega)
entregado_con_codigo = entrega.entregado_con_codigo
devolucion_de = con_valor(entrega.devolucion_de, Envio.de_haberla)
guardar_cotizacion = sin_fila(tarifas.cotizar)
cobrar_al_entregar = sin_fila(deudas.cobrar_al_entregar)
bloquear_lo_cobrado = deudas.bloquear_lo_cobrado
ceder_lo_cobrado = deudas.ceder
lo_cedido = deudas.lo_cedido
avisar_sin_rendir = deudas.avisar_sin_rendir
quienes_no_rinden = deudas.quienes_no_rinden
contra_entrega_de = deudas.contra_entrega_de
tarifas_entre = tarifas.tarifas_entre
mas_barata = tarifas.mas_barata
HISTORIAS = simulador.HISTORIAS

__all__ = [
    "FALLOS_MAXIMOS",
    "HISTORIAS",
    "AnulacionPedida",
    "CodigoBloqueado",
    "CodigoIncorrecto",
    "Envio",
    "EnvioTerminado",
    "EstadoEnvio",
    "OperadorEnMora",
    "Tarifa",
    "YaEnManos",
    "agregar_identificador",
    "anotar_todos",
    "avanzar_demo",
    "avisar_sin_rendir",
    "bloquear_lo_cobrado",
    "ceder_lo_cobrado",
    "cobrar_al_entregar",
    "codigo_dicho",
    "coincide",
    "contra_entrega_de",
    "crear_envio",
    "devolucion_de",
    "duracion_h",
    "elegir_entrega",
    "entrega_prometida",
    "entregado_con_codigo",
    "envio_de_cotizacion",
    "envio_por_id",
    "envio_por_numero",
    "envio_por_referencia",
    "estados_de",
    "guardar_cotizacion",
    "leer_codigo",
    "lo_cedido",
    "mas_barata",
    "pedir_anulacion",
    "probar_entrega",
    "quienes_no_rinden",
    "tarifas_entre",
]
