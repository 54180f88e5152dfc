"""Errors of supervision."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class CierreInexistente(NoEncontrado):
    codigo = "cierre_inexistente"
    titulo = _l("Ese día no tiene cierre")


class CierrePendiente(Conflicto):
    codigo = "cierre_pendiente"
    titulo = _l("El día de esta transferencia todavía no se cerró")


class LibroNoCoincide(Conflicto):
    """The rows under a closing are not those it sealed: somebody changed the database by force."""

    codigo = "libro_no_coincide"
    titulo = _l("El libro no coincide con su cierre")
