"""A cooperative whose payments one person prepares and another approves, and people to be paid."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

import pagos.planillas.manejadores  # noqa: F401  (who listens, without the whole application)
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.dinero import a_centavos
from pagos import cuenta_de_persona, cuenta_de_unidad
from pagos.libro import obtener_cuenta
from pagos.libro.verificar import verificar_libro
from pagos.planillas import pagar, planillas
from pagos.planillas.modelos import Planilla


class Firma:
    """One unit, who prepares (`ana`), who approves (`beto`), a stranger (`eva`) and two payees."""

    def __init__(self, personas: dict[str, Any], unidad: Any, actor_de: Callable[..., Any]) -> None:
        self.personas, self.unidad = personas, unidad
        self.actores = {nombre: actor_de(persona) for nombre, persona in personas.items()}

    def __getattr__(self, nombre: str) -> Any:
        try:
            return self.__dict__["actores"][nombre]
        except KeyError:
            raise AttributeError(nombre) from None

    def archivo(self, *lineas: str) -> bytes:
        return "\n".join(("documento;nombre;monto;glosa", *lineas)).encode()

    def preparar(self, contenido: bytes | None = None, **datos: Any) -> Planilla:
        datos = {"id": uuid.uuid4(), "unidad_id": self.unidad.id, "nombre": "Jornales"} | datos
        with transaccion() as sesion:
            return planillas.preparar(
                sesion, self.ana, recibido=Recibido.de_bytes(contenido or self.dos()), **datos
            )

    def dos(self) -> bytes:
        return self.archivo("2000001;Carla Prueba;100,50;jornal", "2000002;Dario Prueba;1.000;")

    def presentada(self, contenido: bytes | None = None) -> uuid.UUID:
        id: uuid.UUID = self.preparar(contenido).id
        with transaccion() as sesion:
            planillas.presentar(sesion, self.ana, id)
        return id

    def aprobar(self, id: uuid.UUID, **datos: Any) -> Planilla:
        with transaccion() as sesion:
            return planillas.aprobar(sesion, self.beto, id, **datos)

    def planilla(self, id: uuid.UUID) -> Planilla:
        with transaccion() as sesion:
            return sesion.get_one(Planilla, id)

    def resultados(self, id: uuid.UUID) -> list[str | None]:
        with transaccion() as sesion:
            return [linea.resultado for linea in pagar.lineas_de(sesion, id)]

    def saldo(self, nombre: str = "unidad") -> int:
        with transaccion() as sesion:
            if nombre == "unidad":
                return a_centavos(obtener_cuenta(sesion, cuenta_de_unidad(sesion, self.unidad.id)).saldo)
            return a_centavos(
                obtener_cuenta(sesion, cuenta_de_persona(sesion, self.personas[nombre].id)).saldo
            )


@pytest.fixture
def firma(
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
    con_saldo: Callable[..., int],
    bd: Engine,
) -> Iterator[Firma]:
    """With Bs 5.000; afterwards the ledger's invariants hold whatever the test did."""
    personas = {
        "ana": crear_persona("Ana", ci="1900001"),
        "beto": crear_persona("Beto", ci="1900002"),
        "eva": crear_persona("Eva", ci="1900003"),
        "carla": crear_persona("Carla", ci="2000001"),
        "dario": crear_persona("Darío", ci="2000002"),
    }
    unidad = crear_unidad(representante=personas["ana"], mandatos=[(personas["beto"], ["PAGAR"])])
    con_saldo(unidad, "5000.00")
    yield Firma(personas, unidad, actor_de)
    url = bd.url.render_as_string(hide_password=False).replace("+psycopg", "")
    with psycopg.connect(url) as conexion:
        assert verificar_libro(conexion) == []


@pytest.fixture
def api(cliente: Any, token_de: Callable[..., str]) -> Callable[..., Any]:
    """`api(persona)(method, path, body, headers…)`: a request with the person's token."""

    def de(persona: Any) -> Any:
        cabecera = {"Authorization": f"Bearer {token_de(persona)}"}

        def pedir(metodo: str, ruta: str, json: Any = None, **cabeceras: str) -> Any:
            return cliente.request(metodo, f"/api/v1{ruta}", json=json, headers=cabecera | cabeceras)

        return pedir

    return de
