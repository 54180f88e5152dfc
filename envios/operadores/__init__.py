"""Postal operators: their agencies and hours, who works in each, and how they arrive at a place."""

from envios.operadores.agencias import DatosDeAgencia, abrir_agencia, cerrar_agencia
from envios.operadores.consultas import (
    agencia_por_id,
    agencias_abiertas,
    agencias_en_lote,
    agencias_publicas,
    cobertura_en,
    operadores_con,
    semanas_de,
)
from envios.operadores.gente import (
    EnAgencia,
    agencias_del_actor,
    agencias_en_que_anota,
    asignar,
    exigir_despacho,
    exigir_en_agencia,
    trabajos_en,
)
from envios.operadores.lugar import codigo_plus, leer_lugar
from envios.operadores.plazos import vence_en_su_sede
from envios.operadores.presentar import Ficha, fichas
from envios.operadores.tipos import ClaseAgencia
from envios.operadores.valores import Agencia, Cobertura

__all__ = [
    "Agencia",
    "ClaseAgencia",
    "Cobertura",
    "DatosDeAgencia",
    "EnAgencia",
    "Ficha",
    "abrir_agencia",
    "agencia_por_id",
    "agencias_abiertas",
    "agencias_del_actor",
    "agencias_en_lote",
    "agencias_en_que_anota",
    "agencias_publicas",
    "asignar",
    "cerrar_agencia",
    "cobertura_en",
    "codigo_plus",
    "exigir_despacho",
    "exigir_en_agencia",
    "fichas",
    "leer_lugar",
    "operadores_con",
    "semanas_de",
    "trabajos_en",
    "vence_en_su_sede",
]
