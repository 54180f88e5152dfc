"""Whose an identifier of an item is."""

from enum import StrEnum

from nucleo.textos import perezoso as _l


class Esquema(StrEnum):
    """S10: the designated operators of the world; `casa`: ours, for the others; the rest, their issuer's."""

    S10 = "s10"
    CASA = "casa"
    OPERADOR = "operador"
    REMITENTE = "remitente"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_TEXTOS = {
    Esquema.S10: _l("Número S10"),
    Esquema.CASA: _l("Número de la casa"),
    Esquema.OPERADOR: _l("Número del operador"),
    Esquema.REMITENTE: _l("Referencia de quien envía"),
}
