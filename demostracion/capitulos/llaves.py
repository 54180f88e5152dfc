"""Who holds the keys of the university: its processes are sealed, and a visitor can open one as any of them.

What each keeps on paper is written here, so that whoever tries the platform may: 2 of the 3 open.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import actor, id_de_persona
from demostracion.relato import Epoca, Paso, capitulo
from feria_inversa import ensayar_clave, entregar_parte, nombrar_depositarios, publica_del, traer_clave
from nucleo.ids import id_demo

ENTIDAD = "universidad"
ABREN = 2
CLAVES = {
    "vocal": "DEMO-DEMO-DEMO-DEMO-DEMO-DEMO-0001",
    "alcaldia": "DEMO-DEMO-DEMO-DEMO-DEMO-DEMO-0002",
    "luis": "DEMO-DEMO-DEMO-DEMO-DEMO-DEMO-0003",
}
RESGUARDO = id_demo(f"resguardo:{ENTIDAD}")


@capitulo("feria_inversa.llaves")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    nombrados = epoca.hoy - timedelta(days=14, hours=20)
    yield Paso(nombrados, "depositarios", _nombrar)
    yield Paso(nombrados + timedelta(hours=2), "claves", _traer)
    yield Paso(nombrados + timedelta(hours=5), "ensayo", _ensayar)


def _nombrar(sesion: Session) -> None:
    entidad = unidades_demo()[ENTIDAD]
    personas = [id_de_persona(quien) for quien in CLAVES]
    nombrar_depositarios(sesion, actor(sesion, entidad.persona), entidad.id, ABREN, personas, RESGUARDO)


def _traer(sesion: Session) -> None:
    for quien, clave in CLAVES.items():
        traer_clave(sesion, actor(sesion, quien), RESGUARDO, publica_del(clave))


def _ensayar(sesion: Session) -> None:
    for quien, clave in CLAVES.items():
        ensayar_clave(sesion, actor(sesion, quien), RESGUARDO, clave=clave)


def dar_parte(sesion: Session, convocatoria_id: UUID, quien: str) -> None:
    """One of them gives their part of the key of a closed process."""
    entregar_parte(sesion, actor(sesion, quien), convocatoria_id, clave=CLAVES[quien])
