"""How what was bought gets to who bought it."""

from enum import StrEnum

from nucleo.textos import perezoso as _l


class FormaDeEntrega(StrEnum):
    """By a postal operator; picked up where the seller is; taken there by the seller themselves."""

    CORREO = "correo"
    RETIRO = "retiro"
    REPARTO = "reparto"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_TEXTOS = {
    FormaDeEntrega.CORREO: _l("Por correo, a la dirección que indique"),
    FormaDeEntrega.RETIRO: _l("Lo recojo yo donde está quien vende"),
    FormaDeEntrega.REPARTO: _l("Lo trae quien vende"),
}
