"""The people of the demonstration, and what they read of their mailboxes."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from ciudadania import leer_todo
from demostracion import personas
from demostracion.elenco import actor, ya_ingreso
from demostracion.relato import Epoca, Paso, a_las, capitulo

CADA_DIAS = 14
ULTIMAS_H = (24 * 4, 18)  # hours ago, everybody read what had come


@capitulo("ciudadania")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Everybody reads their mailbox every fortnight, and lately more often."""
    yield Paso(a_las(epoca.desde, 7), "personas", personas.sembrar)
    for dia in list(epoca.dias())[CADA_DIAS:-CADA_DIAS:CADA_DIAS]:
        yield Paso(a_las(dia, 21.5), f"buzones, {dia}", _leer_buzones)
    for horas in ULTIMAS_H:
        yield Paso(epoca.hoy - timedelta(hours=horas), f"buzones, hace {horas} horas", _leer_buzones)
    yield Paso(epoca.hoy - timedelta(hours=1), "buzones de quienes más reciben", _leer_los_llenos)


def _leer_buzones(sesion: Session) -> None:
    for clave in personas.PERSONAS:
        if ya_ingreso(sesion, clave):
            leer_todo(sesion, actor(sesion, clave))


def _leer_los_llenos(sesion: Session) -> None:
    """Those to whom most of the last day is told: who buys, and who receives parcels."""
    for clave in ("ana", "luis"):
        leer_todo(sesion, actor(sesion, clave))
