"""The story of the demonstration: what happened and when, told in that order whatever the chapter.

Each room has a chapter, registered; the engine tells the steps of all of them by the real use cases, with
the clock moved to each instant. It never goes back: an account's movements are in the order of their times.
The time that is told is fixed when the telling begins, so that a story cut short goes on as it was.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, event
from sqlmodel import Session

from nucleo import reloj
from nucleo.actor import Actor
from nucleo.auditoria import auditar, objetos_de
from nucleo.bd import motor, transaccion
from nucleo.eventos import entregar, entregar_pendientes, hay_por_repartir, repartir

ACCION = "demo.sembrar"
COMIENZO = "demo.comenzar"
SEMILLA = "qhatu"
NOMBRE_MAX = 60  # letters, with the chapter's: what the audit trail holds
UN_ANIO = timedelta(days=365)
_AUTOR = Actor.sistema("demostracion")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Epoca:
    """The time that is told: from the first moment of a Bolivian day up to the present instant."""

    desde: date
    hoy: datetime

    @classmethod
    def hasta(cls, hoy: datetime, dura: timedelta = UN_ANIO) -> Self:
        return cls(reloj.fecha_bolivia(hoy - dura), hoy)

    @property
    def inicio(self) -> datetime:
        return a_las(self.desde, 0)

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
    """Something that happened; `nombre` is short and its own within the chapter."""

    cuando: datetime
    nombre: str
    hacer: Callable[[Session], object]


Capitulo = Callable[[Epoca], Iterable[Paso]]
"""The steps of a room. Those before the time that is told, or later than the present, are left out."""

_capitulos: dict[str, Capitulo] = {}
_sabido: dict[Hashable, Any] = {}


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


def sabido(clave: Hashable, leer: Callable[[], T]) -> T:
    """What does not change while the story is told, read once."""
    if clave not in _sabido:
        _sabido[clave] = leer()
    hallado: T = _sabido[clave]
    return hallado


def olvidar() -> None:
    """What was known may have been undone."""
    _sabido.clear()


def contar(capitulos: Mapping[str, Capitulo], epoca: Epoca | None = None) -> int:
    """Tell what has not been told; return how many steps. By default, a year up to now.

    Each is one transaction, with the clock at its instant, and what it causes is delivered then. The audit
    trail remembers it, so that a story cut short goes on where it was. Data that hold the story of an older
    version, which did not write its beginning, are left as they are.
    """
    olvidar()
    with transaccion() as sesion:
        contados = objetos_de(sesion, ACCION)
        comienzo = _comienzo(sesion)
        if comienzo is None and contados:
            return 0
        if comienzo is None:
            comienzo = epoca or Epoca.hasta(datetime.now(UTC))
            auditar(sesion, _AUTOR, COMIENZO, "historia", f"{comienzo.desde}/{comienzo.hoy.isoformat()}")
    pasos = ordenados(capitulos, comienzo)
    faltan = [paso for paso in pasos if paso[1] not in contados]
    dichos = [cuando for cuando, nombre, _hacer in pasos if nombre in contados]
    with _sin_esperar_al_disco():
        try:
            if faltan and dichos:  # what the last one told caused may wait
                _mover_el_reloj(max(dichos))
                entregar_pendientes()
            for cuando, nombre, hacer in faltan:
                _mover_el_reloj(cuando)
                _contar_uno(nombre, hacer)
        finally:
            reloj.fijar_desfase(timedelta(0))
    entregar_pendientes()
    return len(faltan)


def ordenados(
    capitulos: Mapping[str, Capitulo], epoca: Epoca
) -> list[tuple[datetime, str, Callable[[Session], object]]]:
    """What is told of that time, in its order: when, «chapter: step», how."""
    pasos = [
        (paso.cuando, f"{nombre}: {paso.nombre}", paso.hacer)
        for nombre, pasos_de in sorted(capitulos.items())
        for paso in pasos_de(epoca)
        if epoca.inicio <= paso.cuando <= epoca.hoy
    ]
    nombres = {nombre for _cuando, nombre, _hacer in pasos}
    assert len(nombres) == len(pasos), "two steps of one name"
    assert all(len(nombre) <= NOMBRE_MAX for nombre in nombres), max(nombres, key=len)
    return sorted(pasos, key=lambda terna: terna[0])


@contextmanager
def _sin_esperar_al_disco() -> Iterator[None]:
    """A server that dies may forget the last steps and that they were told: they are told again."""

    def sin_esperar(conexion: Connection) -> None:
        conexion.exec_driver_sql("SET LOCAL synchronous_commit TO off")

    event.listen(motor(), "begin", sin_esperar)
    try:
        yield
    finally:
        event.remove(motor(), "begin", sin_esperar)


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
    while con_noticias:
        noticias = repartir()
        con_noticias = bool(noticias)
        for entrega_id in noticias:
            entregar(entrega_id)
