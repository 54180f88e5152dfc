"""The story of the demonstration: what happened and when, told in that order whatever the chapter.

The order matters: an account's movements never go back in time, so what is told late happens late.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from nucleo import reloj
from nucleo.actor import Actor
from nucleo.auditoria import auditar, objetos_de
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes, hay_por_repartir

ACCION = "demo.sembrar"


@dataclass(frozen=True, slots=True)
class Paso:
    """Something that happened; `nombre` is its own within the chapter."""

    cuando: datetime
    nombre: str
    hacer: Callable[[Session], object]


Capitulo = Callable[[datetime], Iterable[Paso]]
"""The steps of a room, given the present instant."""


def contar(capitulos: Iterable[tuple[str, Capitulo]]) -> int:
    """Tell what has not been told; return how many steps.

    Each is one transaction, with the clock at its instant, and what it causes is delivered then. The audit
    trail remembers it, so that a story cut short goes on.
    """
    hoy = datetime.now(UTC)
    with transaccion() as sesion:
        contados = objetos_de(sesion, ACCION)
    pasos = [
        (min(paso.cuando, hoy), f"{nombre}: {paso.nombre}", paso)
        for nombre, capitulo in capitulos
        if nombre not in contados  # told whole by an older version
        for paso in capitulo(hoy)
    ]
    hechos = 0
    try:
        for cuando, nombre, paso in sorted(pasos, key=lambda terna: terna[0]):
            if nombre in contados:
                continue
            reloj.fijar_desfase(cuando - datetime.now(UTC))
            with transaccion() as sesion:
                paso.hacer(sesion)
                auditar(sesion, Actor.sistema("demostracion"), ACCION, "paso", nombre)
                sesion.flush()
                con_noticias = hay_por_repartir(sesion)
            if con_noticias:
                entregar_pendientes()
            hechos += 1
    finally:
        reloj.fijar_desfase(timedelta(0))
    entregar_pendientes()
    return hechos
