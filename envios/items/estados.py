"""The states of an item: what they are called, and the steps between them."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoEnvio(StrEnum):
    ANUNCIADO = "anunciado"
    ADMITIDO = "admitido"
    EN_TRANSITO = "en_transito"
    RETENIDO = "retenido"
    EN_REPARTO = "en_reparto"
    LISTO_PARA_RETIRO = "listo_para_retiro"
    INTENTO_FALLIDO = "intento_fallido"
    EN_DEVOLUCION = "en_devolucion"
    ENTREGADO = "entregado"
    DEVUELTO = "devuelto"
    ANULADO = "anulado"

    @property
    def es_terminal(self) -> bool:
        return self in ESCALA_TERMINAL

    @property
    def etiqueta_aftership(self) -> str:
        """The tag outside readers know (AfterShip's nine)."""
        return _AFTERSHIP[self]

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoEnvio


# An announcement is never come back to, a return ends only at one of the ends, and those are a ladder.
VIDA_ENVIO = Vida(
    "envios_envio",
    EstadoEnvio,
    {
        **{de: set(_E) - {de, _E.ANUNCIADO} for de in _E},
        _E.EN_DEVOLUCION: {_E.ENTREGADO, _E.DEVUELTO, _E.ANULADO},
        _E.ANULADO: {_E.DEVUELTO, _E.ENTREGADO},
        _E.DEVUELTO: {_E.ENTREGADO},
        _E.ENTREGADO: (),
    },
    nace={_E.ANUNCIADO},
    fines={_E.ENTREGADO},
)


ESCALA_TERMINAL = {EstadoEnvio.ANULADO: 1, EstadoEnvio.DEVUELTO: 2, EstadoEnvio.ENTREGADO: 3}


_AFTERSHIP = {
    EstadoEnvio.ANUNCIADO: "InfoReceived",
    EstadoEnvio.ADMITIDO: "InTransit",
    EstadoEnvio.EN_TRANSITO: "InTransit",
    EstadoEnvio.RETENIDO: "Exception",
    EstadoEnvio.EN_REPARTO: "OutForDelivery",
    EstadoEnvio.LISTO_PARA_RETIRO: "AvailableForPickup",
    EstadoEnvio.INTENTO_FALLIDO: "AttemptFail",
    EstadoEnvio.EN_DEVOLUCION: "Exception",
    EstadoEnvio.ENTREGADO: "Delivered",
    EstadoEnvio.DEVUELTO: "Exception",
    EstadoEnvio.ANULADO: "Exception",
}


_TEXTOS = {
    EstadoEnvio.ANUNCIADO: _l("Anunciado"),
    EstadoEnvio.ADMITIDO: _l("Recibido por el operador"),
    EstadoEnvio.EN_TRANSITO: _l("En camino"),
    EstadoEnvio.RETENIDO: _l("Retenido"),
    EstadoEnvio.EN_REPARTO: _l("En reparto"),
    EstadoEnvio.LISTO_PARA_RETIRO: _l("Listo para retirar"),
    EstadoEnvio.INTENTO_FALLIDO: _l("No se pudo entregar"),
    EstadoEnvio.EN_DEVOLUCION: _l("Vuelve al remitente"),
    EstadoEnvio.ENTREGADO: _l("Entregado"),
    EstadoEnvio.DEVUELTO: _l("Devuelto al remitente"),
    EstadoEnvio.ANULADO: _l("Anulado"),
}
