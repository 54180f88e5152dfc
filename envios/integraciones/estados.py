"""The life of a message that an operator's program sent."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoMensaje(StrEnum):
    """`EN_ESPERA` is tried again by itself; `RECHAZADO` waits for the operator's people, or for its term."""

    RECIBIDO = "recibido"
    EN_ESPERA = "en_espera"
    RECHAZADO = "rechazado"
    REGISTRADO = "registrado"
    DESCARTADO = "descartado"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoMensaje
VIDA_MENSAJE = Vida(
    "envios_mensaje",
    EstadoMensaje,
    {
        _E.RECIBIDO: {_E.EN_ESPERA, _E.RECHAZADO, _E.REGISTRADO},
        _E.EN_ESPERA: {_E.RECHAZADO, _E.REGISTRADO, _E.DESCARTADO},
        _E.RECHAZADO: {_E.EN_ESPERA, _E.REGISTRADO, _E.DESCARTADO},
    },
    nace={_E.RECIBIDO},
    fines={_E.REGISTRADO, _E.DESCARTADO},
    nombre=lambda e: e.texto.lower(),
)
PENDIENTES = frozenset(EstadoMensaje) - VIDA_MENSAJE.fines

_TEXTOS = {
    _E.RECIBIDO: _l("Recibido"),
    _E.EN_ESPERA: _l("Se intentará de nuevo"),
    _E.RECHAZADO: _l("Por resolver"),
    _E.REGISTRADO: _l("Registrado"),
    _E.DESCARTADO: _l("Descartado"),
}
