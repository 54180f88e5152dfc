"""What may be said against an order, and what a unit comes to be by it."""

from enum import StrEnum

from nucleo.textos import perezoso as _l


class Falta(StrEnum):
    """What went wrong with an order by its seller; once each."""

    RECLAMO = "reclamo"
    TARDE = "tarde"
    CANCELADA = "cancelada"

    @property
    def texto(self) -> str:
        return str(_FALTAS[self])


class Clase(StrEnum):
    BUENA = "buena"
    SIN_HISTORIA = "sin_historia"
    MALA = "mala"

    @property
    def texto(self) -> str:
        return str(_CLASES[self])

    @property
    def liberacion(self) -> str:
        """The code of the term after which it is paid what was delivered."""
        return _LIBERACION[self]


_FALTAS = {
    Falta.RECLAMO: _l("Reclamos que terminaron en una devolución"),
    Falta.TARDE: _l("Despachadas tarde o sin despachar"),
    Falta.CANCELADA: _l("Canceladas por quien vende"),
}
_CLASES = {
    Clase.BUENA: _l("Buena reputación"),
    Clase.SIN_HISTORIA: _l("Todavía sin historia"),
    Clase.MALA: _l("Mala reputación"),
}
_LIBERACION = {
    Clase.BUENA: "comercio.liberacion_buena",
    Clase.SIN_HISTORIA: "comercio.liberacion",
    Clase.MALA: "comercio.liberacion_mala",
}
