"""The people of the demonstration, and what they read of their mailboxes."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from ciudadania import leer_todo
from demostracion import personas
from demostracion.elenco import actor, ya_ingreso
from demostracion.relato import Epoca, Paso, capitulo

LECTURAS_H = (24 * 20, 24 * 10, 24 * 4, 18)  # hours ago, everybody read what had come


@capitulo("ciudadania")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(epoca.hoy - timedelta(days=90), "personas", personas.sembrar)
    for horas in LECTURAS_H:
        yield Paso(epoca.hoy - timedelta(hours=horas), f"buzones, hace {horas} horas", _leer_buzones)


def _leer_buzones(sesion: Session) -> None:
    for clave in personas.PERSONAS:
        if ya_ingreso(sesion, clave):
            leer_todo(sesion, actor(sesion, clave))
