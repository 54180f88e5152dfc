"""The story of the demonstration: what happened and when, told in that order whatever the chapter.

Each room has a chapter, registered; the engine tells the steps of all of them by the real use cases, with
the clock moved to each instant. It never goes back: an account's movements are in the order of their times.
The time that is told is fixed when the telling begins, so that a story cut short goes on as it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Self

from sqlmodel import Session

from nucleo import reloj
from nucleo.actor import Actor
from nucleo.auditoria import auditar, objetos_de
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes, hay_por_repartir

ACCION = "demo.sembrar"
COMIENZO = "demo.comenzar"
SEMILLA = "qhatu"
UN_ANIO = timedelta(days=365)
_AUTOR = Actor.sistema("demostracion")


@dataclass(frozen=True, slots=True)
class Epoca:
    """The time that is told: from the first moment of a Bolivian day up to the present instant."""

    desde: date
    hoy: datetime

    @classmethod
    def hasta(cls, hoy: datetime, dura: timedelta = UN_ANIO) -> Self:
        return cls(reloj.fecha_bolivia(hoy - dura), hoy)

    def dias(self) -> Iterator[date]:
        """Every day that is told, today included."""
        for n in range((reloj.fecha_bolivia(self.hoy) - self.desde).days + 1):
            yield self.desde + timedelta(days=n)

    def azar(self, nombre: str) -> Random:
        """Chance that falls the same way in every telling; each `nombre` has its own."""
        return Random(f"{SEMILLA}:{nombre}")  # noqa: S311 (a story, not a secret)


def a_las(dia: date, horas: float) -> datetime:
    """That many hours after midnight in Bolivia."""
    return datetime.combine(dia, time.min, reloj.ZONA) + timedelta(hours=horas)


@dataclass(frozen=True, slots=True)
class Paso:
    """Something that happened; `nombre` is its own within the chapter."""

    cuando: datetime
    nombre: str
    hacer: Callable[[Session], object]


Capitulo = Callable[[Epoca], Iterable[Paso]]
"""The steps of a room. What would be later than the present is left out."""

_capitulos: dict[str, Capitulo] = {}


def capitulo(nombre: str) -> Callable[[Capitulo], Capitulo]:
    """Register a chapter. Installed data hold its name: it never changes."""

    def registrar(pasos: Capitulo) -> Capitulo:
        assert nombre not in _capitulos, nombre
        _capitulos[nombre] = pasos
        return pasos

    return registrar


def capitulos() -> Mapping[str, Capitulo]:
    """Those registered, by name."""
    return _capitulos


def contar(capitulos: Mapping[str, Capitulo], epoca: Epoca | None = None) -> int:
    """Tell what has not been told; return how many steps. By default, a year up to now.

    Each is one transaction, with the clock at its instant, and what it causes is delivered then. The audit
    trail remembers it, so that a story cut short goes on where it was. Data that hold the story of an older
    version, which did not write its beginning, are left as they are.
    """
    with transaccion() as sesion:
        contados = objetos_de(sesion, ACCION)
        comienzo = _comienzo(sesion)
        if comienzo is None and contados:
            return 0
        if comienzo is None:
            comienzo = epoca or Epoca.hasta(datetime.now(UTC))
            auditar(sesion, _AUTOR, COMIENZO, "historia", f"{comienzo.desde}/{comienzo.hoy.isoformat()}")
    pasos = [
        (paso.cuando, f"{nombre}: {paso.nombre}", paso.hacer)
        for nombre, pasos_de in sorted(capitulos.items())
        for paso in pasos_de(comienzo)
        if paso.cuando <= comienzo.hoy
    ]
    pasos.sort(key=lambda terna: terna[0])
    hechos = 0
    try:
        for cuando, nombre, hacer in pasos:
            if nombre in contados:
                continue
            _mover_el_reloj(cuando)
            _contar_uno(nombre, hacer)
            hechos += 1
    finally:
        reloj.fijar_desfase(timedelta(0))
    entregar_pendientes()
    return hechos


def _comienzo(sesion: Session) -> Epoca | None:
    """The time of the story that these data began to tell."""
    for texto in objetos_de(sesion, COMIENZO):
        desde, _, hoy = texto.partition("/")
        return Epoca(date.fromisoformat(desde), datetime.fromisoformat(hoy))
    return None


def _mover_el_reloj(cuando: datetime) -> None:
    """To that instant, unless what was told before took until later."""
    if reloj.desfase() == timedelta(0) or reloj.ahora() < cuando:
        reloj.fijar_desfase(cuando - datetime.now(UTC))


def _contar_uno(nombre: str, hacer: Callable[[Session], object]) -> None:
    with transaccion() as sesion:
        hacer(sesion)
        auditar(sesion, _AUTOR, ACCION, "paso", nombre)
        sesion.flush()
        con_noticias = hay_por_repartir(sesion)
    if con_noticias:
        entregar_pendientes()
