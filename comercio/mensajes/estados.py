"""The life of a question: answered, or closed when nobody answered in its term."""

from enum import StrEnum

from comercio.mensajes.errores import PreguntaTerminada
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoPregunta(StrEnum):
    ABIERTA = "abierta"
    RESPONDIDA = "respondida"
    CERRADA = "cerrada"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoPregunta
_TEXTOS = {
    _E.ABIERTA: _l("Espera respuesta"),
    _E.RESPONDIDA: _l("Respondida"),
    _E.CERRADA: _l("Nadie la respondió"),
}
VIDA_PREGUNTA = Vida(
    "comercio_pregunta",
    EstadoPregunta,
    {_E.ABIERTA: {_E.RESPONDIDA, _E.CERRADA}},
    nace={_E.ABIERTA},
    fines={_E.RESPONDIDA, _E.CERRADA},
    nombre=lambda estado: estado.texto.lower(),
    error=PreguntaTerminada,
)
