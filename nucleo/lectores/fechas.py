"""Days and instants, within years that mean something here."""

import re
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

from nucleo.lectores.errores import Ilegible, Preciso
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

_T = TypeVar("_T", bound=date)
ANOS = range(1900, 2200)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MOMENTO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}.{0,30}", re.ASCII)
_DIA_MES = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_EN_PALABRAS = re.compile(r"([0-9]{1,2}) (?:de )?([a-z]+) (?:de |del )?([0-9]{4})", re.IGNORECASE)
_MESES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


def leer_fecha(texto: str, *, desde: int = ANOS.start) -> date:
    """A day: `2026-12-31`, `31/12/2026`, `31 de diciembre de 2026`; day before month, as everybody here.

    Raises `Ilegible`; `Preciso` for a day that does not exist or a year out of 1900 to 2199.
    """
    limpio = " ".join(texto.split())
    if _ISO.fullmatch(limpio):
        partes = tuple(int(p) for p in limpio.split("-"))
    elif hallada := _DIA_MES.fullmatch(limpio):
        partes = (int(hallada[4]), int(hallada[3]), int(hallada[1]))
    elif hallada := _EN_PALABRAS.fullmatch(limpio):
        mes = hallada[2].lower().replace("setiembre", "septiembre")
        if mes not in _MESES:
            raise Preciso(_("No existe el mes «%(mes)s».") % {"mes": hallada[2]})
        partes = (int(hallada[3]), _MESES.index(mes) + 1, int(hallada[1]))
    else:
        raise Ilegible(_("Escriba una fecha válida, por ejemplo 31/12/2026."))
    ano, mes_numero, dia = partes
    try:
        return acotada(date(ano, mes_numero, dia), desde)
    except Preciso:
        raise
    except ValueError:
        raise Preciso(_("Ese día no existe. Escriba día, mes y año, por ejemplo 31/12/2026.")) from None


def leer_momento(texto: str) -> datetime:
    """A day and an hour, as a `datetime-local` field sends them, in Bolivian time."""
    limpio = texto.strip()
    try:
        leido = datetime.fromisoformat(limpio) if _ISO_MOMENTO.fullmatch(limpio) else None
    except ValueError:
        leido = None
    if leido is None or leido.tzinfo is not None:
        raise Ilegible(_("Elija el día y la hora."))
    return acotada(leido.replace(tzinfo=ZONA))


def acotada(fecha: _T, desde: int = ANOS.start) -> _T:
    """The day or instant itself. Raises `Preciso` when its year is nobody's (1, 9999)."""
    if not desde <= fecha.year < ANOS.stop:
        raise Preciso(_("El año debe estar entre %(desde)s y 2199.") % {"desde": desde})
    return fecha


def _solo_iso_fecha(valor: Any) -> Any:
    """pydantic would take a number, or a text with one, for seconds since 1970."""
    if isinstance(valor, str) and _ISO.fullmatch(valor):
        return valor
    if isinstance(valor, date):
        return valor
    raise Ilegible(_("Escriba una fecha con formato 2026-01-31."))


def _solo_iso_momento(valor: Any) -> Any:
    if isinstance(valor, datetime) or (isinstance(valor, str) and _ISO_MOMENTO.fullmatch(valor)):
        return valor
    raise Ilegible(_("Escriba una fecha y hora con formato 2026-01-31T10:00:00-04:00."))


def _de_estos_anos(fecha: _T) -> _T:
    return acotada(fecha)  # pydantic would hand a second argument of ours its own context


Fecha = Annotated[date, BeforeValidator(_solo_iso_fecha), AfterValidator(_de_estos_anos)]
"""A day that comes in by the API or an address."""
Momento = Annotated[AwareDatetime, BeforeValidator(_solo_iso_momento), AfterValidator(_de_estos_anos)]
"""An instant with its offset that comes in by the API."""
