"""The calendar in force, and the terms: read once a process, known again by the version of their rows.

A term is counted by the calendar as it was known when it began to run: what is decreed later holds for the
terms that begin later. The number of a row says its place in that order, never a clock.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from nucleo.plazos.errores import CalendarioSinPublicar, LugarDesconocido
from nucleo.plazos.valores import NACIONAL, Empieza, Feriado, Plazo, Silencio, Unidad
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _

_LUGAR = re.compile(r"BO|0[1-9](?:\d\d){0,2}")
# One statement: which version there is, and its rows only when it is another one than the process knows.
_LEER = text(
    """
    WITH de AS (
        SELECT (SELECT f.numero || ' ' || f.id FROM nucleo_feriado f ORDER BY f.numero DESC LIMIT 1) || ' ' ||
               (SELECT md5(string_agg(p::text, '|' ORDER BY p.id)) FROM nucleo_plazo p) AS version
    )
    SELECT de.version, CASE WHEN de.version IS DISTINCT FROM :conocida THEN json_build_object(
        'feriados', (SELECT json_agg(f ORDER BY f.numero) FROM nucleo_feriado f),
        'plazos', (SELECT json_agg(p ORDER BY p.codigo, p.vigente_desde) FROM nucleo_plazo p)
    )::text END
    FROM de
    """
)


@dataclass(frozen=True, eq=False)
class Calendario:
    """Every row of the calendar, in the order of their numbers, and every term. Threads share it."""

    version: str
    feriados: tuple[Feriado, ...]
    plazos: tuple[Plazo, ...]

    def version_en(self, instante: datetime) -> int:
        """The number of the last row that was known at an instant (0: none)."""
        cuantas = bisect_right(self.feriados, instante, key=lambda f: f.rige_desde)
        return self.feriados[cuantas - 1].numero if cuantas else 0

    @property
    def ultima(self) -> int:
        return self.feriados[-1].numero if self.feriados else 0

    def en(self, lugares: Iterable[str], version: int | None = None) -> dict[date, tuple[Feriado, ...]]:
        """The holidays by date: of the whole country and of each of these places. Do not change it.

        Raises `LugarDesconocido`.
        """
        return _en(self, exigir_lugares(lugares), self.ultima if version is None else version)

    def del_anio(self, anio: int) -> list[Feriado]:
        """The holidays of a year in every place, by date."""
        filas = _ultimas(self, None, self.ultima)
        return [f for f in filas if f.fecha.year == anio and not f.laborable]

    def es_habil(self, dia: date, lugares: Iterable[str], version: int | None = None) -> bool:
        """Monday to Friday and no holiday in any of the places.

        Raises `LugarDesconocido`, and `CalendarioSinPublicar` for a year without its calendar.
        """
        self.exigir_anio(dia)
        return dia.weekday() < 5 and dia not in self.en(lugares, version)

    def siguiente_habil(self, dia: date, lugares: Iterable[str], version: int | None = None) -> date:
        """The first working day after `dia`."""
        dia += timedelta(days=1)
        while not self.es_habil(dia, lugares, version):
            dia += timedelta(days=1)
        return dia

    def habiles_entre(self, desde: date, hasta: date, lugares: Iterable[str]) -> int:
        """How many working days there are after `desde` and up to `hasta`."""
        dias = ((desde + timedelta(days=n)) for n in range(1, (hasta - desde).days + 1))
        return sum(self.es_habil(dia, lugares) for dia in dias)

    def exigir_anio(self, dia: date) -> None:
        """Raise `CalendarioSinPublicar` when the holidays of that year are not known: nobody guesses them."""
        if dia.year not in _publicados(self):
            raise CalendarioSinPublicar(
                _("Los feriados de {} no están publicados: la autoridad debe publicarlos antes.").format(
                    dia.year
                )
            )

    def anios(self) -> list[int]:
        """The years whose calendar is published."""
        return sorted(_publicados(self))

    def plazo(self, codigo: str, dia: date) -> Plazo:
        """The term in force on a day (LookupError: no norm sets it)."""
        for plazo in self.plazos:
            desde, hasta = plazo.vigente_desde, plazo.vigente_hasta
            if plazo.codigo == codigo and desde and desde <= dia and (hasta is None or dia < hasta):
                return plazo
        raise LookupError(f"no hay plazo {codigo} vigente el {dia}")


def exigir_lugares(lugares: Iterable[str | None]) -> tuple[str, ...]:
    """The places as they came, once each. Raises `LugarDesconocido`: there is none, or one is no code."""
    todos = tuple(dict.fromkeys(lugar or "" for lugar in lugares))
    if not todos or not all(_LUGAR.fullmatch(lugar) for lugar in todos):
        raise LugarDesconocido
    return todos


@lru_cache(maxsize=8)
def _publicados(calendario: Calendario) -> frozenset[int]:
    """A year is published with all its holidays, New Year's Day with them."""
    return frozenset(
        f.fecha.year
        for f in calendario.feriados
        if f.lugar == NACIONAL and (f.fecha.month, f.fecha.day) == (1, 1)
    )


@lru_cache(maxsize=1024)
def _en(calendario: Calendario, lugares: tuple[str, ...], version: int) -> dict[date, tuple[Feriado, ...]]:
    dias: dict[date, tuple[Feriado, ...]] = {}
    for fila in _ultimas(calendario, lugares, version):
        if not fila.laborable:
            dias[fila.fecha] = (*dias.get(fila.fecha, ()), fila)
    return dias


def _ultimas(calendario: Calendario, lugares: tuple[str, ...] | None, version: int) -> list[Feriado]:
    """What holds of each day and place (None: of every place), by date, the whole country's first."""
    ultimas: dict[tuple[date, str], Feriado] = {}
    for fila in calendario.feriados:
        if fila.numero > version:
            break
        suyo = lugares is None or fila.lugar == NACIONAL or any(p.startswith(fila.lugar) for p in lugares)
        if suyo:
            ultimas[fila.fecha, fila.lugar] = fila
    orden = sorted(ultimas, key=lambda clave: (clave[0], clave[1] != NACIONAL, clave[1]))
    return [ultimas[clave] for clave in orden]


# --- Reading ----------------------------------------------------------------------------------------------

_conocido: Calendario | None = None
_EN_SESION = "nucleo.plazos"


def calendario(sesion: Session) -> Calendario:
    """The calendar and terms in force, by one short query in each transaction."""
    global _conocido
    de_la_sesion = sesion.info.get(_EN_SESION)
    transaccion = sesion.get_transaction()
    if de_la_sesion is not None and transaccion is not None and de_la_sesion[0] is transaccion:
        hallado: Calendario = de_la_sesion[1]
        return hallado
    actual = _conocido
    version, filas = (
        sesion.connection().execute(_LEER, {"conocida": actual.version if actual else None}).one()
    )
    if actual is None or filas is not None:
        actual = _conocido = _leer(version, json.loads(filas))
    sesion.info[_EN_SESION] = (sesion.get_transaction(), actual)
    return actual


def olvidar(sesion: Session) -> None:
    """Read again in this transaction, which has just written a row of the calendar."""
    sesion.info.pop(_EN_SESION, None)


def plazo(sesion: Session, codigo: str, instante: datetime) -> Plazo:
    """The term in force on the day, in Bolivia, of an instant (LookupError: no norm sets it)."""
    return calendario(sesion).plazo(codigo, fecha_bolivia(instante))


def feriados_en(sesion: Session, anio: int, lugar: str | None = None) -> list[Feriado]:
    """The holidays of a year by date: at a place, or everywhere. Raises `LugarDesconocido`."""
    actual = calendario(sesion)
    if lugar is None:
        return actual.del_anio(anio)
    return [f for dia, suyos in actual.en([lugar]).items() if dia.year == anio for f in suyos]


def _leer(version: str, filas: dict[str, list[dict[str, Any]] | None]) -> Calendario:
    return Calendario(
        version=version,
        feriados=tuple(_feriado(f) for f in filas["feriados"] or ()),
        plazos=tuple(_plazo(p) for p in filas["plazos"] or ()),
    )


def _feriado(fila: dict[str, Any]) -> Feriado:
    return Feriado(
        numero=fila["numero"],
        id=UUID(fila["id"]),
        fecha=date.fromisoformat(fila["fecha"]),
        lugar=fila["lugar"] or NACIONAL,
        laborable=fila["laborable"],
        nombre=fila["nombre"],
        norma=fila["norma"],
        confirmado=fila["confirmado"],
        trasladado_de=_fecha(fila["trasladado_de"]),
        rige_desde=datetime.fromisoformat(fila["rige_desde"]),
    )


def _plazo(fila: dict[str, Any]) -> Plazo:
    return Plazo(
        **{c: fila[c] for c in ("codigo", "nombre", "valor", "norma", "confirmado", "prorroga", "nota")},
        unidad=Unidad(fila["unidad"]),
        empieza=Empieza(fila["empieza"]),
        silencio=Silencio(fila["silencio"]) if fila["silencio"] else None,
        vigente_desde=_fecha(fila["vigente_desde"]),
        vigente_hasta=_fecha(fila["vigente_hasta"]),
        id=UUID(fila["id"]),
    )


def _fecha(texto: str | None) -> date | None:
    return date.fromisoformat(texto) if texto else None
