"""The red flags as a night sees them, and what an entity answers to one of its own."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import actor
from demostracion.relato import Epoca, Paso, capitulo
from feria_inversa.banderas import mirar_entidades, mirar_procesos, mirar_todos_juntos, responder_bandera
from feria_inversa.panorama import llevar_historia
from nucleo.ids import id_demo

UNA_SOLA = "convocatoria:28"
"""Thermometers of the hospital: only one bid came, above the reference."""
RESPUESTA = (
    "La única oferta superó el referencial y por eso se declaró desierta. Antes de convocar otra vez se "
    "revisa la referencia."
)


@capitulo("feria_inversa.banderas")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(epoca.hoy - timedelta(minutes=2), "mirar", _mirar)
    yield Paso(epoca.hoy - timedelta(minutes=1), "respuesta", _responder)


def _mirar(_sesion: Session) -> None:
    """In transactions of its own; the history first."""
    llevar_historia()
    mirar_procesos()
    mirar_entidades()
    mirar_todos_juntos()


def _responder(sesion: Session) -> None:
    quien = actor(sesion, unidades_demo()["hospital"].persona)
    responder_bandera(sesion, quien, id_demo(UNA_SOLA), "R018", RESPUESTA)
