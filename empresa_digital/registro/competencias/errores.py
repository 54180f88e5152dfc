"""Errors of the competences: stable codes, Spanish words that say what to do."""

from empresa_digital.registro.mandatos import SinFacultad
from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class SinCompetencia(SinFacultad):
    codigo = "sin_competencia"
    titulo = _l("Su autoridad no es competente en esto")


class CasoPropio(SinFacultad):
    codigo = "caso_propio"
    titulo = _l("Usted tiene interés en este caso")


class UltimaCompetencia(Conflicto):
    codigo = "ultima_competencia"
    titulo = _l("Nadie podría volver a dar competencias")


class CompetenciaNoEncontrada(NoEncontrado):
    codigo = "competencia_no_encontrada"
    titulo = _l("No existe esa competencia")


class NormaYaExiste(Conflicto):
    codigo = "norma_repetida"
    titulo = _l("Ya hay una norma con ese código")
