"""The holidays that return each year, by the rules of their norms: to publish the calendar of a new one.

What a norm says of one year alone (a bridge, a move) is a row of the calendar, never a rule here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

NACIONALES = "DS 2750 (1/5/2016) y sus modificaciones"
DEPARTAMENTALES = "Efeméride departamental (norma por confirmar)"
LUNES = ("DS 2750 (1/5/2016), art. 3", "DS 5019 (13/9/2023), art. 3")
DESDE_EL_DS_5019 = date(2023, 9, 13)
MUDANZA_DE_DIFUNTOS = 2025  # DS 5483 (29/10/2025): from this year on, 2 November moves too

# Day, month, name.
_FIJOS = (
    (1, 1, "Año Nuevo"),
    (22, 1, "Día del Estado Plurinacional"),
    (1, 5, "Día del Trabajo"),
    (21, 6, "Año Nuevo Andino Amazónico Chaqueño"),
    (6, 8, "Día de la Independencia"),
    (2, 11, "Día de Todos los Difuntos"),
    (25, 12, "Navidad"),
)
_DE_PASCUA = (
    (-48, "Lunes de Carnaval"),
    (-47, "Martes de Carnaval"),
    (-2, "Viernes Santo"),
    (60, "Corpus Christi"),
)
_DEPARTAMENTALES = (
    ("04", 10, 2, "Aniversario de Oruro"),
    ("06", 15, 4, "Aniversario de Tarija"),
    ("01", 25, 5, "Aniversario de Chuquisaca"),
    ("02", 16, 7, "Aniversario de La Paz"),
    ("03", 14, 9, "Aniversario de Cochabamba"),
    ("07", 24, 9, "Aniversario de Santa Cruz"),
    ("09", 11, 10, "Aniversario de Pando"),
    ("05", 10, 11, "Aniversario de Potosí"),
    ("08", 18, 11, "Aniversario de Beni"),
)


@dataclass(frozen=True, slots=True)
class Previsto:
    """A holiday of a year. `lugar` is None for the whole country, or the INE code of a department."""

    fecha: date
    lugar: str | None
    nombre: str
    norma: str
    trasladado_de: date | None = None


def previstos(anio: int) -> list[Previsto]:
    """The holidays of a year, by date; the Monday after one that falls on a Sunday is one too (DS 2750, art.
    3).
    """
    dias = sorted([*_nacionales(anio), *_departamentales(anio)], key=lambda p: (p.fecha, p.lugar or ""))
    assert len({(p.fecha, p.lugar) for p in dias}) == len(dias), "two names for one day"
    return dias


def _nacionales(anio: int) -> Iterator[Previsto]:
    for dia, mes, nombre in _FIJOS:
        muda = mes != 11 or anio >= MUDANZA_DE_DIFUNTOS
        yield from _con_lunes(Previsto(date(anio, mes, dia), None, nombre, NACIONALES), muda=muda)
    pascua = easter(anio)
    for dias, nombre in _DE_PASCUA:
        yield Previsto(pascua + timedelta(days=dias), None, nombre, NACIONALES)


def _departamentales(anio: int) -> Iterator[Previsto]:
    for lugar, dia, mes, nombre in _DEPARTAMENTALES:
        yield from _con_lunes(Previsto(date(anio, mes, dia), lugar, nombre, DEPARTAMENTALES), muda=True)


def _con_lunes(previsto: Previsto, *, muda: bool) -> Iterator[Previsto]:
    yield previsto
    if muda and previsto.fecha.weekday() == 6:
        lunes = previsto.fecha + timedelta(days=1)
        yield Previsto(
            lunes, previsto.lugar, previsto.nombre, LUNES[lunes >= DESDE_EL_DS_5019], previsto.fecha
        )
