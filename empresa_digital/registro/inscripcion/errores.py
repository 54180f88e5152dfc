"""Errors of a registration: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.textos import perezoso as _l


class FichaIncompleta(DatosInvalidos):
    codigo = "ficha_incompleta"
    titulo = _l("Faltan datos para presentar la inscripción")


class DemasiadosBorradores(Conflicto):
    codigo = "demasiados_borradores"
    titulo = _l("Tiene demasiadas inscripciones sin presentar")
