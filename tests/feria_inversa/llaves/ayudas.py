"""People who hold the keys of the fair's entity, with what each keeps on paper."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from empresa_digital.registro import Facultad
from feria_inversa.apertura import ActaDeApertura
from feria_inversa.apertura.partes import entregar_parte
from feria_inversa.llaves import hpke, secreto
from feria_inversa.llaves.resguardos import ensayar, inscribir, nombrar
from nucleo.actor import Actor
from nucleo.bd import transaccion
from tests.ayudas.personas import nueva_persona, nuevo_actor
from tests.feria_inversa.conftest import Feria


@dataclass(frozen=True)
class Guarda:
    """A holder, and the secret that only they know."""

    persona: Any
    actor: Actor
    clave: str

    @property
    def publica(self) -> bytes:
        return hpke.publica_de(secreto.privada_del(secreto.leer(self.clave) or ""))


def nombrados(feria: Feria, umbral: int, cuantos: int) -> tuple[UUID, list[Guarda]]:
    """A group just named."""
    feria.mandato(feria.entidad.id, feria.entidad.persona, Facultad.ADMINISTRAR)
    personas = [nueva_persona(f"Depositario {n}") for n in range(cuantos)]
    guardas = [Guarda(p, nuevo_actor(p), secreto.nuevo()) for p in personas]
    with transaccion() as sesion:
        ids = [g.persona.id for g in guardas]
        return nombrar(sesion, feria.entidad.actor, feria.entidad.id, umbral, ids, uuid4()).id, guardas


def inscritos(feria: Feria, umbral: int, cuantos: int) -> tuple[UUID, list[Guarda]]:
    """A group whose people brought their keys: the rehearsal waits."""
    id_, guardas = nombrados(feria, umbral, cuantos)
    for guarda in guardas:
        with transaccion() as sesion:
            inscribir(sesion, guarda.actor, id_, guarda.publica)
    return id_, guardas


def resguardo(feria: Feria, umbral: int = 2, cuantos: int = 3) -> list[Guarda]:
    """A group that holds the keys from now on."""
    id_, guardas = inscritos(feria, umbral, cuantos)
    for guarda in guardas:
        with transaccion() as sesion:
            ensayar(sesion, guarda.actor, id_, clave=guarda.clave)
    return guardas


def entregar(guarda: Guarda, convocatoria_id: UUID) -> ActaDeApertura | None:
    with transaccion() as sesion:
        return entregar_parte(sesion, guarda.actor, convocatoria_id, clave=guarda.clave)
