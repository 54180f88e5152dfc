"""Why a bid is left out of the comparison, and why nobody wins: declared lists."""

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


class CausaDesierta(StrEnum):
    """Why something is deserted, as SICOES tells it; any other is said in words."""

    SIN_PROPUESTAS = "sin_propuestas"
    NO_CUMPLEN = "no_cumplen"
    SOBRE_PRESUPUESTO = "sobre_presupuesto"
    DESISTIMIENTO = "desistimiento"
    DESCALIFICACION = "descalificacion"
    OTRA = "otra"


CAUSAS_DE_DESIERTA = {
    CausaDesierta.SIN_PROPUESTAS: _l("No se presentaron proponentes"),
    CausaDesierta.NO_CUMPLEN: _l("Las propuestas no cumplieron aspectos técnicos o administrativos"),
    CausaDesierta.SOBRE_PRESUPUESTO: _l("Las propuestas económicas superaron el presupuesto"),
    CausaDesierta.DESISTIMIENTO: _l("Desierto por desistimiento"),
    CausaDesierta.DESCALIFICACION: _l("Desierto por descalificación"),
    CausaDesierta.OTRA: _l("Otra, que se explica"),
}


def por_que_desierto(causa: str | None, motivo: str) -> str:
    """The cause and its words; of «otra», and of those of before causes were asked, the words alone."""
    if causa in (None, CausaDesierta.OTRA):
        return motivo
    palabras = str(CAUSAS_DE_DESIERTA[CausaDesierta(causa)])
    return f"{palabras}." if motivo == palabras else f"{palabras}. {motivo}"
