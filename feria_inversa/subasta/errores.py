"""Errors of an auction: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class SinSubasta(NoEncontrado):
    codigo = "sin_subasta"
    titulo = _l("Este proceso no tiene subasta")


class NoParticipa(Conflicto):
    codigo = "no_participa"
    titulo = _l("La unidad no participa en esta subasta")


class PujaTardia(Conflicto):
    codigo = "puja_tardia"
    titulo = _l("La subasta ya terminó")


class SubastaSinEmpezar(Conflicto):
    codigo = "subasta_sin_empezar"
    titulo = _l("La subasta todavía no empezó")


class FueraDeTurno(Conflicto):
    codigo = "fuera_de_turno"
    titulo = _l("No es su turno")


class PujaInsuficiente(DatosInvalidos):
    codigo = "puja_insuficiente"
    titulo = _l("La puja no baja lo mínimo")
