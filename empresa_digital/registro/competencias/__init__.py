"""Which authority decides what, where and by which norm."""

from empresa_digital.registro.competencias.errores import CasoPropio, SinCompetencia
from empresa_digital.registro.competencias.exigir import exigir_competencia
from empresa_digital.registro.competencias.normas import exigir_norma, lista_de_normas
from empresa_digital.registro.competencias.otorgar import NuevaCompetencia, otorgar_competencia_con
from empresa_digital.registro.competencias.tipos import Materia

__all__ = [
    "CasoPropio",
    "Materia",
    "NuevaCompetencia",
    "SinCompetencia",
    "exigir_competencia",
    "exigir_norma",
    "lista_de_normas",
    "otorgar_competencia_con",
]
