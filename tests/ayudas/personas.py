"""People, units and money for tests, made through the rooms' own façades."""

import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine

_cedulas = itertools.count(5_000_001)


@pytest.fixture
def crear_persona(bd: Engine) -> Callable[..., Any]:
    """`crear_persona("Ana", ci="1000001", **campos)` -> a committed `Persona` that never signed in."""
    from ciudadania import Persona
    from nucleo.bd import transaccion

    def crear(nombre: str = "Ana", ci: str | None = None, **campos: Any) -> Persona:
        campos.setdefault("primer_apellido", "Prueba")
        persona = Persona(nombres=nombre, ci=ci or str(next(_cedulas)), **campos)
        with transaccion() as sesion:
            sesion.add(persona)
        return persona

    return crear


@pytest.fixture
def actor_de() -> Callable[..., Any]:
    """`actor_de(persona)` -> its `Actor`, signed in just now or at `autenticado_en`."""
    from dataclasses import replace

    from ciudadania import Persona, actor_de_persona
    from nucleo.actor import Actor
    from nucleo.reloj import ahora

    def actor(persona: Persona, autenticado_en: datetime | None = None) -> Actor:
        return replace(actor_de_persona(persona), autenticado_en=autenticado_en or ahora())

    return actor


@pytest.fixture
def token_de(bd: Engine) -> Callable[..., str]:
    """`token_de(persona)` -> a bearer token of that person."""
    from ciudadania import Persona
    from ciudadania.tokens import emitir_token
    from nucleo.bd import transaccion

    def token(persona: Persona) -> str:
        with transaccion() as sesion:
            return emitir_token(sesion, persona_id=persona.id).token

    return token


@pytest.fixture
def sesion_web(nuevo_cliente: Callable[..., Any]) -> Callable[..., Any]:
    """`sesion_web(persona)` -> a TestClient that has signed in as that person."""
    from ciudadania import Persona
    from ciudadania.sesiones import abrir_sesion, nombre_de_galleta
    from nucleo.bd import transaccion

    def ingresar(persona: Persona, **opciones: Any) -> Any:
        with transaccion() as sesion:
            secreto = abrir_sesion(sesion, persona, agente="pruebas")
        navegador = nuevo_cliente(**opciones)
        navegador.cookies.set(nombre_de_galleta(), secreto)
        return navegador

    return ingresar
