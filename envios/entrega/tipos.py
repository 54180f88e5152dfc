"""The closed vocabularies of the door."""

from enum import StrEnum

from nucleo.textos import perezoso as _l


class Relacion(StrEnum):
    """What who received is to whom it was for; `REMITENTE` at the end of a return."""

    DESTINATARIO = "destinatario"
    AUTORIZADO = "autorizado"
    FAMILIAR = "familiar"
    VECINO = "vecino"
    PORTERIA = "porteria"
    TRABAJO = "trabajo"
    AGENCIA = "agencia"
    REMITENTE = "remitente"

    @property
    def texto(self) -> str:
        return str(_RELACIONES[self])


class QuienPuede(StrEnum):
    """Whom the recipient lets receive: themselves, a person they trust, or a neighbour."""

    DESTINATARIO = "destinatario"
    AUTORIZADO = "autorizado"
    VECINO = "vecino"


class ClaseDeArchivo(StrEnum):
    """What a picture of a proof shows."""

    FOTO = "foto"
    FIRMA = "firma"


_RELACIONES = {
    Relacion.DESTINATARIO: _l("Es la persona destinataria"),
    Relacion.AUTORIZADO: _l("Persona autorizada"),
    Relacion.FAMILIAR: _l("Familiar"),
    Relacion.VECINO: _l("Vecino"),
    Relacion.PORTERIA: _l("Portería o recepción"),
    Relacion.TRABAJO: _l("Compañero de trabajo"),
    Relacion.AGENCIA: _l("Quien atiende la agencia"),
    Relacion.REMITENTE: _l("Quien lo había enviado"),
}
