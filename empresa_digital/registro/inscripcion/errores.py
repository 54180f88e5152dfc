"""Errors of a registration: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.textos import perezoso as _l


class FichaIncompleta(DatosInvalidos):
    codigo = "ficha_incompleta"
    titulo = _l("Faltan datos para presentar la inscripción")


class ObligacionesVivas(Conflicto):
    """What the unit still owes or is owed; `obligaciones` names each in the answer of the API."""

    codigo = "obligaciones_vivas"
    titulo = _l("Todavía no se puede cerrar esta unidad")


class DemasiadosBorradores(Conflicto):
    codigo = "demasiados_borradores"
    titulo = _l("Tiene demasiadas inscripciones sin presentar")
