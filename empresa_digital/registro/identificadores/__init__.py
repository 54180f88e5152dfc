"""The permanent number of a unit, and the identifiers that other institutions gave it."""

from empresa_digital.registro.identificadores.consultas import identificadores_de, identificadores_en_lote
from empresa_digital.registro.identificadores.errores import IdentificadorEnUso, IdentificadorInvalido
from empresa_digital.registro.identificadores.formatos import (
    ESQUEMAS,
    esquemas_para,
    normalizar_identificador,
)
from empresa_digital.registro.identificadores.numeros import es_numero, leer_numero, numero_de_unidad

__all__ = [
    "ESQUEMAS",
    "IdentificadorEnUso",
    "IdentificadorInvalido",
    "es_numero",
    "esquemas_para",
    "identificadores_de",
    "identificadores_en_lote",
    "leer_numero",
    "normalizar_identificador",
    "numero_de_unidad",
]
