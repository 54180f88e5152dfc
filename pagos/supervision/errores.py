"""Errors of supervision."""

from nucleo.errores import Conflicto, NoEncontrado


class CierreInexistente(NoEncontrado):
    codigo = "cierre_inexistente"
    titulo = "Ese día no tiene cierre"


class CierrePendiente(Conflicto):
    codigo = "cierre_pendiente"
    titulo = "El día de esta transferencia todavía no se cerró"


class LibroNoCoincide(Conflicto):
    """The rows under a closing are not those it sealed: somebody changed the database by force."""

    codigo = "libro_no_coincide"
    titulo = "El libro no coincide con su cierre"
