"""Which authority decides what, where and by which norm."""

import empresa_digital.registro.competencias.actos  # noqa: F401 - what two sign is known with the room
from empresa_digital.registro.competencias.consultas import autoridades_competentes
from empresa_digital.registro.competencias.errores import CasoPropio, SinCompetencia
from empresa_digital.registro.competencias.esquemas import CodigoDeNorma
from empresa_digital.registro.competencias.exigir import (
    es_caso_propio,
    exigir_competencia,
    exigir_dos_personas,
)
from empresa_digital.registro.competencias.normas import exigir_norma, lista_de_normas
from empresa_digital.registro.competencias.otorgar import NuevaCompetencia, otorgar_competencia_con
from empresa_digital.registro.competencias.tipos import DOS_PERSONAS, Materia
from empresa_digital.registro.competencias.web import a_firmar

__all__ = [
    "DOS_PERSONAS",
    "CasoPropio",
    "CodigoDeNorma",
    "Materia",
    "NuevaCompetencia",
    "SinCompetencia",
    "a_firmar",
    "autoridades_competentes",
    "es_caso_propio",
    "exigir_competencia",
    "exigir_dos_personas",
    "exigir_norma",
    "lista_de_normas",
    "otorgar_competencia_con",
]
