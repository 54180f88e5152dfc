"""Rates and promises: what a parcel costs with each operator, until when that holds, and when it arrives."""

from envios.tarifas import tarifarios
from envios.tarifas.consultas import entrega_cotizada, operadores_que_administra, se_retira
from envios.tarifas.cotizar import (
    Pedido,
    bulto_de,
    comparar,
    cotizacion_de,
    cotizacion_guardada,
    cotizacion_sin_recojo,
    cotizacion_vigente,
    cotizar,
    precio_medido,
    recalcular,
    unica_oferta,
)
from envios.tarifas.entre import Tarifa, mas_barata, tarifas_entre
from envios.tarifas.errores import SinOferta
from envios.tarifas.formularios import CONSULTA, LADOS, Consulta
from envios.tarifas.llegadas import Llegada, llegadas_a, operadores_con_tarifas
from envios.tarifas.palabras import Linea, lineas_de, negativa_en_palabras, peso_en_palabras
from envios.tarifas.publicada import PromesaContada, promesa_cotizada, promesa_publicada
from envios.tarifas.tablas import Que
from envios.tarifas.valores import (
    Bulto,
    CotizacionGuardada,
    Medidas,
    Negativa,
    Oferta,
    en_gramos,
    medidas_de,
)
from envios.tarifas.vistas import OfertaVista, negativas_vistas, ofertas_vistas
from nucleo.fachada import sin_fila

empezar = sin_fila(tarifarios.empezar)
importar = sin_fila(tarifarios.importar)
publicar = sin_fila(tarifarios.publicar)

__all__ = [
    "CONSULTA",
    "LADOS",
    "Bulto",
    "Consulta",
    "CotizacionGuardada",
    "Linea",
    "Llegada",
    "Medidas",
    "Negativa",
    "Oferta",
    "OfertaVista",
    "Pedido",
    "PromesaContada",
    "Que",
    "SinOferta",
    "Tarifa",
    "bulto_de",
    "comparar",
    "cotizacion_de",
    "cotizacion_guardada",
    "cotizacion_sin_recojo",
    "cotizacion_vigente",
    "cotizar",
    "empezar",
    "en_gramos",
    "entrega_cotizada",
    "importar",
    "lineas_de",
    "llegadas_a",
    "mas_barata",
    "medidas_de",
    "negativa_en_palabras",
    "negativas_vistas",
    "ofertas_vistas",
    "operadores_con_tarifas",
    "operadores_que_administra",
    "peso_en_palabras",
    "precio_medido",
    "promesa_cotizada",
    "promesa_publicada",
    "publicar",
    "recalcular",
    "se_retira",
    "tarifas_entre",
    "unica_oferta",
]
