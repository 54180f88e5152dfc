"""Postal operators: their agencies and hours, who works in each, and where each service arrives."""

from envios.operadores.agencias import DatosDeAgencia, abrir_agencia, cerrar_agencia
from envios.operadores.cobertura import cubrir
from envios.operadores.consultas import agencia_por_id, agencias_publicas, cobertura_en
from envios.operadores.gente import EnAgencia, agencias_del_actor, asignar, exigir_en_agencia
from envios.operadores.tipos import ClaseAgencia, Entrega
from envios.operadores.valores import Agencia, Cobertura

__all__ = [
    "Agencia",
    "ClaseAgencia",
    "Cobertura",
    "DatosDeAgencia",
    "EnAgencia",
    "Entrega",
    "abrir_agencia",
    "agencia_por_id",
    "agencias_del_actor",
    "agencias_publicas",
    "asignar",
    "cerrar_agencia",
    "cobertura_en",
    "cubrir",
    "exigir_en_agencia",
]
