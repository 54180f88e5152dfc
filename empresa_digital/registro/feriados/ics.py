"""The calendar as an iCalendar file (RFC 5545), to subscribe to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, timedelta

from nucleo.plazos import Feriado


def calendario_ics(feriados: Iterable[Feriado], lugares: Mapping[str, str]) -> str:
    """Whole-day events that do not make anybody busy; `lugares` are names by code."""
    lineas = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Qhatu//Feriados//ES", "METHOD:PUBLISH"]
    lineas += ["X-WR-CALNAME:Feriados de Bolivia"]
    for feriado in feriados:
        lineas += [
            "BEGIN:VEVENT",
            f"UID:{feriado.id}@qhatu",
            f"DTSTAMP:{feriado.rige_desde.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{feriado.fecha:%Y%m%d}",
            f"DTEND;VALUE=DATE:{feriado.fecha + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_texto(feriado.nombre)}",
            f"LOCATION:{_texto(lugares[feriado.lugar])}",
            f"DESCRIPTION:{_texto(feriado.norma)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lineas += ["END:VCALENDAR"]
    return "".join(f"{parte}\r\n" for linea in lineas for parte in _doblar(linea))


def _texto(valor: str) -> str:
    for de, a in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        valor = valor.replace(de, a)
    return valor


def _doblar(linea: str) -> Iterator[str]:
    """A line of at most 75 bytes, and its continuations, which begin with a space."""
    parte = ""
    for letra in linea:
        if len((parte + letra).encode()) > 75:
            yield parte
            parte = " "
        parte += letra
    yield parte
