"""The entries: the append-only truth of the registry."""

from empresa_digital.registro.asientos.consultas import asientos_de
from empresa_digital.registro.asientos.huellas import (
    fecha_o_nada,
    huella_de_asiento,
    huella_de_valor,
    instante_o_nada,
    iso,
    iso_o_nada,
    texto_o_nada,
)
from empresa_digital.registro.asientos.tipos import Operacion

__all__ = [
    "Operacion",
    "asientos_de",
    "fecha_o_nada",
    "huella_de_asiento",
    "huella_de_valor",
    "instante_o_nada",
    "iso",
    "iso_o_nada",
    "texto_o_nada",
]
