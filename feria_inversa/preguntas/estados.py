"""The life of a question about a call: asked, and answered by the entity or left so by time."""

from enum import StrEnum

from feria_inversa.preguntas.errores import PreguntaTerminada
from nucleo.textos import gettext as _
from nucleo.vidas import Vida


class EstadoPregunta(StrEnum):
    POR_RESPONDER = "por_responder"
    RESPONDIDA = "respondida"
    SIN_RESPUESTA = "sin_respuesta"


def nombre_de_pregunta(estado: str) -> str:
    """How people read the state of a question."""
    nombres: dict[str, str] = {
        EstadoPregunta.POR_RESPONDER: _("Espera respuesta"),
        EstadoPregunta.RESPONDIDA: _("Respondida"),
        EstadoPregunta.SIN_RESPUESTA: _("La entidad no respondió"),
    }
    return nombres[estado]


_E = EstadoPregunta
VIDA_PREGUNTA = Vida(
    "feria_pregunta",
    EstadoPregunta,
    {_E.POR_RESPONDER: {_E.RESPONDIDA, _E.SIN_RESPUESTA}},
    nace={_E.POR_RESPONDER},
    fines={_E.RESPONDIDA, _E.SIN_RESPUESTA},
    nombre=nombre_de_pregunta,
    error=PreguntaTerminada,
)
