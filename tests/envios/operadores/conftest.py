"""Two operators: one with an administrator, two who dispatch and somebody who only sells; and another one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from ciudadania import Persona
from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad, Unidad
from envios.operadores import Agencia, ClaseAgencia, DatosDeAgencia, abrir_agencia
from nucleo.actor import Actor
from nucleo.bd import transaccion

POTOSI, UYUNI = "050101", "051201"
LABORAL = dict.fromkeys(range(1, 6), ((510, 750), (870, 1110))) | {6: ((540, 720),)}


@dataclass(frozen=True)
class Casa:
    jefa: Persona
    cartero: Persona
    otra: Persona
    vendedora: Persona
    rival: Persona
    correos: Unidad
    mensajeria: Unidad
    actor: Callable[..., Actor]

    def agencia(self, codigo: str = "PT-01", municipio: str = POTOSI, **cambios: Any) -> Agencia:
        with transaccion() as sesion:
            quien = self.actor(self.jefa)
            return abrir_agencia(sesion, quien, self.correos.id, datos(codigo, municipio, **cambios))


def datos(codigo: str = "PT-01", municipio: str = POTOSI, **cambios: Any) -> DatosDeAgencia:
    propios: dict[str, Any] = {
        "codigo": codigo,
        "nombre": f"Agencia {codigo}",
        "clase": ClaseAgencia.AGENCIA,
        "municipio_ine": municipio,
        "direccion": "Calle de prueba, frente a la plaza",
        "telefono": "+59170012345",
        "semana": LABORAL,
    }
    return DatosDeAgencia(**(propios | cambios))


@pytest.fixture
def casa(crear_persona: Any, crear_unidad: Any, actor_de: Any) -> Casa:
    jefa, cartero, otra = (crear_persona(n) for n in ("Juana", "Carlos", "Olga"))
    vendedora, rival = crear_persona("Vilma"), crear_persona("Raúl")
    correos = crear_unidad(
        "Correos de prueba",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=jefa,
        facultades=[Facultad.ADMINISTRAR],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
        mandatos=[
            (cartero, [Facultad.DESPACHAR]),
            (otra, [Facultad.DESPACHAR]),
            (vendedora, [Facultad.VENDER]),
        ],
    )
    mensajeria = crear_unidad(
        "Mensajería de prueba",
        tipo=TipoUnidad.OPERADOR_POSTAL,
        representante=rival,
        facultades=[Facultad.ADMINISTRAR, Facultad.DESPACHAR],
        habilitaciones=[Habilitacion.OPERADOR_POSTAL],
    )
    return Casa(jefa, cartero, otra, vendedora, rival, correos, mensajeria, actor_de)
