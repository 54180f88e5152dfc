"""What this sub-room refuses."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class DemasiadasSuscripciones(Conflicto):
    codigo = "demasiadas_suscripciones"
    titulo = _l("La unidad ya tiene todas las suscripciones que puede tener")


class SuscripcionNoEncontrada(NoEncontrado):
    codigo = "suscripcion_no_encontrada"
    titulo = _l("La unidad no tiene esa suscripción")


class SuscripcionInactiva(Conflicto):
    codigo = "suscripcion_inactiva"
    titulo = _l("La suscripción está desactivada")
