"""The life of a tracker: it waits for its item, follows it, and ends by time or by whoever asked for it."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoRastreador(StrEnum):
    ESPERANDO = "esperando"
    SIGUIENDO = "siguiendo"
    TERMINADO = "terminado"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoRastreador
_TEXTOS = {
    _E.ESPERANDO: _l("Aún no existe"),
    _E.SIGUIENDO: _l("Se sigue"),
    _E.TERMINADO: _l("Ya no se sigue"),
}

VIDA_RASTREADOR = Vida(
    "envios_rastreador",
    EstadoRastreador,
    {_E.ESPERANDO: {_E.SIGUIENDO, _E.TERMINADO}, _E.SIGUIENDO: {_E.TERMINADO}, _E.TERMINADO: ()},
    nace={_E.ESPERANDO},
    fines={_E.TERMINADO},
)
