"""A postal operator with rates in force: the examples of the templates, small enough to work by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from ciudadania import Persona
from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from envios.tarifas.tablas import EJEMPLOS, Que, escribir
from envios.tarifas.tarifarios import empezar, importar, publicar
from nucleo.actor import Actor
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia

LA_PAZ, UYUNI, POTOSI, TRINIDAD = "020101", "051201", "050101", "080101"


def csv(que: Que, filas: Sequence[Sequence[str]] | None = None) -> Recibido:
    return Recibido.de_bytes(escribir(que, EJEMPLOS[que] if filas is None else filas))


@dataclass(frozen=True)
class Operador:
    """A postal operator, who administers it, and who only carries."""

    id: UUID
    jefa: Persona
    cartero: Persona
    actor: Callable[[Persona], Actor]

    def borrador(self, **tablas: Sequence[Sequence[str]]) -> UUID:
        """A draft with the examples; `precios=[…]` instead of one of them."""
        with transaccion() as sesion:
            id = empezar(sesion, self.actor(self.jefa), self.id, id=nuevo_id()).id
        for que in Que:
            with transaccion() as sesion:
                importar(sesion, self.actor(self.jefa), id, que, csv(que, tablas.get(que.value)))
        return id

    def publicar(self, id: UUID, desde: date | None = None) -> None:
        with transaccion() as sesion:
            publicar(sesion, self.actor(self.jefa), id, desde or fecha_bolivia())

    def con_tarifas(self, **tablas: Sequence[Sequence[str]]) -> UUID:
        id = self.borrador(**tablas)
        self.publicar(id)
        return id


@pytest.fixture
def crear_operador(crear_persona: Any, crear_unidad: Any, actor_de: Any) -> Callable[..., Operador]:
    def crear(nombre: str) -> Operador:
        jefa, cartero = crear_persona("Jimena"), crear_persona("Carlos")
        unidad = crear_unidad(
            nombre,
            tipo=TipoUnidad.OPERADOR_POSTAL,
            representante=jefa,
            facultades=[Facultad.ADMINISTRAR],
            habilitaciones=[Habilitacion.OPERADOR_POSTAL],
        )
        return Operador(unidad.id, jefa, cartero, actor_de)

    return crear


@pytest.fixture
def operador(crear_operador: Any) -> Operador:
    hecho: Operador = crear_operador("Correos de prueba")
    return hecho
