"""Who takes part in something: a citizen, a unit, or a named third person without an account.

Who may see what a third person left is for the caller to judge: a party says it to whoever asks.
"""

from empresa_digital.registro.partes.consultas import buscar_partes, partes_en_lote
from empresa_digital.registro.partes.crear import parte_de_persona, parte_de_unidad, parte_tercera
from empresa_digital.registro.partes.tipos import ClaseDeParte
from empresa_digital.registro.partes.valores import Parte

__all__ = [
    "ClaseDeParte",
    "Parte",
    "buscar_partes",
    "parte_de_persona",
    "parte_de_unidad",
    "parte_tercera",
    "partes_en_lote",
]
