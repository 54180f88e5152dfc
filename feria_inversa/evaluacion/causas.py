"""Why a bid is left out of the comparison: a declared list."""

from enum import StrEnum

from nucleo.textos import perezoso as _l


class Causa(StrEnum):
    """A cause of rejection, or of disqualification of who bid; an error that can be mended is neither."""

    SIN_DOCUMENTO = "sin_documento"
    ERROR_NO_SUBSANABLE = "error_no_subsanable"
    NO_CUMPLE = "no_cumple"
    PLAZO_MAYOR = "plazo_mayor"
    IMPEDIDO = "impedido"
    DESISTE = "desiste"

    @property
    def descalifica(self) -> bool:
        """Whether it is of who bid, and not of what was bid."""
        return self in {Causa.IMPEDIDO, Causa.DESISTE}


CAUSAS = {
    Causa.SIN_DOCUMENTO: _l("Rechazo: no presenta un documento que no se puede subsanar"),
    Causa.ERROR_NO_SUBSANABLE: _l("Rechazo: tiene un error que no se puede subsanar"),
    Causa.NO_CUMPLE: _l("Rechazo: no cumple lo que se pide"),
    Causa.PLAZO_MAYOR: _l("Rechazo: ofrece un plazo o una validez que no corresponde"),
    Causa.IMPEDIDO: _l("Descalificación: está impedido de contratar"),
    Causa.DESISTE: _l("Descalificación: desiste de su oferta"),
}
