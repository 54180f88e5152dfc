"""Errors of the qualities: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class SinHabilitacion(Conflicto):
    codigo = "sin_habilitacion"
    titulo = _l("La unidad económica no tiene la habilitación necesaria")


class UltimaAutoridad(Conflicto):
    codigo = "ultima_autoridad"
    titulo = _l("El registro no puede quedar sin autoridad")


class HabilitacionNoEncontrada(NoEncontrado):
    codigo = "habilitacion_no_encontrada"
    titulo = _l("No existe esa habilitación")
