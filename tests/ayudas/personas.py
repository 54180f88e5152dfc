"""People, units and money for tests, made through the rooms' own façades."""

import itertools
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

_cedulas = itertools.count(5_000_001)


def nueva_persona(nombre: str = "Ana", ci: str | None = None, **campos: Any) -> Any:
    """A committed `Persona` that never signed in."""
    from ciudadania import registrar_persona
    from nucleo.bd import transaccion

    campos.setdefault("primer_apellido", "Prueba")
    with transaccion() as sesion:
        return registrar_persona(sesion, nombres=nombre, ci=ci or str(next(_cedulas)), **campos)


def nuevo_actor(persona: Any, autenticado_en: datetime | None = None) -> Any:
    """The person's `Actor`, signed in just now or at `autenticado_en`."""
    from dataclasses import replace

    from ciudadania import actor_de_persona
    from nucleo.reloj import ahora

    return replace(actor_de_persona(persona), autenticado_en=autenticado_en or ahora())


def nuevo_token(persona: Any) -> str:
    """A bearer token of that person."""
    from ciudadania.tokens import emitir_token
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        return emitir_token(sesion, persona_id=persona.id).token


@pytest.fixture
def crear_persona(bd: Engine) -> Callable[..., Any]:
    """`crear_persona("Ana", ci="1000001", **campos)` -> a committed `Persona` that never signed in."""
    return nueva_persona


@pytest.fixture
def actor_de() -> Callable[..., Any]:
    """`actor_de(persona)` -> its `Actor`, signed in just now or at `autenticado_en`."""
    return nuevo_actor


@pytest.fixture
def token_de(bd: Engine) -> Callable[..., str]:
    """`token_de(persona)` -> a bearer token of that person."""
    return nuevo_token


@pytest.fixture
def token_de_cliente(bd: Engine) -> Callable[..., str]:
    """`token_de_cliente(unidad_id, "pagos", ...)` -> a bearer token of a machine client with those scopes."""
    from ciudadania.clientes import crear_cliente
    from ciudadania.tokens import emitir_token
    from nucleo.actor import Actor
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id

    def token(unidad_id: UUID, *alcances: str) -> str:
        with transaccion() as sesion:
            maquina, _secreto = crear_cliente(
                sesion,
                Actor.sistema("prueba"),
                f"Programa {nuevo_id()}",
                unidad_id=unidad_id,
                alcances=alcances,
            )
            return emitir_token(sesion, cliente=maquina, alcances=alcances).token

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


_FORMAS_LEGALES = {
    "EMPRESA": "PM48",
    "COOPERATIVA": "BO-COOP",
    "ASOCIACION": "BO-ASOC",
    "OECA": "BO-OECA",
    "COMUNIDAD": "BO-COMU",
    "PERSONA_NATURAL": "BO-PNAT",
    "ENTIDAD_PUBLICA": "BO-GAM",
    "OPERADOR_POSTAL": "BO-DESC",
}


def nueva_unidad(
    denominacion: str = "Tejidos de Prueba",
    *,
    tipo: str = "COOPERATIVA",
    representante: Any = None,
    facultades: Sequence[str] | None = None,
    habilitaciones: Sequence[str] = (),
    mandatos: Sequence[tuple[Any, Sequence[str]]] = (),
    **campos: Any,
) -> Any:
    """A committed, registered `Unidad` (no `representante`: nobody acts for it).

    The representative holds `ADMINISTRAR` and every faculty but `REGULAR` unless told; more people by
    `mandatos` ([(persona, [Facultad...])]). Extra keyword arguments are data of the unit.
    """
    from empresa_digital.registro import (
        Facultad,
        Habilitacion,
        NuevoMandato,
        TipoUnidad,
        inscribir_de_oficio,
    )
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion

    clase = TipoUnidad(tipo)
    todas = [f for f in Facultad if f != Facultad.REGULAR]
    otorgados = [(representante, facultades if facultades is not None else todas)] if representante else []
    datos = {
        "tipo": clase.value,
        "denominacion": denominacion,
        "forma_legal": _FORMAS_LEGALES[clase.value],
        "municipio_ine": "020101",
        "actividad_ciiu": "1313",
        "direccion": "Frente a la plaza (prueba)",
        "telefono": "70000000",
    }
    quien = Autorizacion.propia(Actor.sistema("prueba"))
    with transaccion() as sesion:
        unidad = inscribir_de_oficio(
            sesion,
            quien,
            datos | campos,
            mandatos=[
                NuevoMandato(tuple(Facultad(f) for f in suyas), persona_id=persona.id)
                for persona, suyas in (*otorgados, *mandatos)
            ],
            habilitaciones={Habilitacion(h): "norma de prueba" for h in habilitaciones},
        )
        if "AUTORIDAD_REGULADORA" in habilitaciones:
            dar_competencias(sesion, unidad.id, quien)
        return unidad


def dar_competencias(sesion: Any, autoridad_id: UUID, quien: Any) -> None:
    """Every matter, everywhere, from today."""
    from empresa_digital.registro import Materia, NuevaCompetencia, otorgar_competencia_con
    from nucleo.reloj import ahora_bd, fecha_bolivia

    hoy = fecha_bolivia(ahora_bd(sesion))
    for materia in Materia:
        otorgar_competencia_con(sesion, autoridad_id, quien, NuevaCompetencia(materia, "LEY-1398", hoy))


@pytest.fixture
def crear_unidad(bd: Engine) -> Callable[..., Any]:
    """`crear_unidad("Tejidos", tipo=..., representante=persona, facultades=[...], habilitaciones=[...])`."""
    return nueva_unidad


@pytest.fixture
def reguladora(
    aplicacion: Any, crear_persona: Callable[..., Any], actor_de: Callable[..., Any], bd: Engine
) -> Any:
    """The actor who suspends and closes units; the application is put together, so every room says what
    lives of them.
    """
    rosa = crear_persona("Rosa")
    nueva_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return actor_de(rosa)


def abonar(titular: Any, monto: str = "100.00") -> int:
    """The ledger account of a person or unit, with that much more money in it.

    The money comes as an adjustment of the platform, which no limit counts.
    """
    from ciudadania import Persona
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.dinero import bs
    from nucleo.ids import nuevo_id
    from pagos import (
        Codigo,
        SolicitudTransferencia,
        TipoCuenta,
        cuenta_de_persona,
        cuenta_de_sistema,
        cuenta_de_unidad,
        exigir_transferencia,
    )

    with transaccion() as sesion:
        cuenta = (
            cuenta_de_persona(sesion, titular.id)
            if isinstance(titular, Persona)
            else cuenta_de_unidad(sesion, titular.id, TipoCuenta.COMERCIO)
        )
        abono = SolicitudTransferencia(
            id=nuevo_id(),
            codigo=Codigo.AJUSTE,
            debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
            credito=cuenta,
            monto=bs(monto),
        )
        exigir_transferencia(sesion, [abono], Autorizacion.propia(Actor.sistema("prueba")))
    return cuenta


@pytest.fixture
def con_saldo(bd: Engine) -> Callable[..., int]:
    """`con_saldo(persona_o_unidad, "100.00")` -> its ledger account, with that much more money in it."""
    return abonar


def atender(sesion: Any, mandato_id: UUID, persona: Any) -> None:
    """Assign a person of an office to the client that gave it this mandate."""
    from empresa_digital.registro.mandatos.modelos import Asignacion
    from nucleo.reloj import ahora_bd

    sesion.add(Asignacion(mandato_id=mandato_id, persona_id=persona.id, asignada_en=ahora_bd(sesion)))
    sesion.flush()


@pytest.fixture
def otorgar(bd: Engine) -> Callable[..., None]:
    """`otorgar(unidad_id, persona, *facultades, limite="10.00")`: let one more person act for a unit."""
    from empresa_digital.registro import Facultad, NuevoMandato
    from empresa_digital.registro.mandatos.otorgar import otorgar_con
    from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.dinero import bs

    def dar(unidad_id: UUID, persona: Any, *facultades: Facultad, limite: str | None = None) -> None:
        nuevo = NuevoMandato(
            facultades=facultades, persona_id=persona.id, monto_limite=None if limite is None else bs(limite)
        )
        with transaccion() as sesion:
            autorizacion = Autorizacion.propia(Actor.sistema("prueba"))
            otorgar_con(sesion, bloquear_unidad(sesion, unidad_id), autorizacion, nuevo)

    return dar
