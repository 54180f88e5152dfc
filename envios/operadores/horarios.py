"""Hours of an agency in words, and whether it is open: pure, from its week and the holidays of its place."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nucleo.lectores import en_horas
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ZONA
from nucleo.semanas import DIAS, Semana
from nucleo.textos import gettext as _

FIN_DEL_DIA = 24 * 60
SE_MIRA_DIAS = 15
"""How far the next opening is looked for: a week with its holidays, and another one."""


@dataclass(frozen=True, slots=True)
class Apertura:
    """Whether an agency is open at an instant, and in words until when, or when it opens."""

    abierta: bool
    texto: str


def apertura(semana: Semana, feriados: Container[date], instante: datetime) -> Apertura:
    """How an agency that works is at an instant; on a holiday of its place it does not open."""
    local = instante.astimezone(ZONA)
    hoy, minuto = local.date(), local.hour * 60 + local.minute
    if not semana:
        return Apertura(False, _("Sin horario publicado: llame antes de ir."))
    for abre, cierra in () if hoy in feriados else semana.get(hoy.isoweekday(), ()):
        if abre <= minuto < cierra:
            if cierra == FIN_DEL_DIA:
                return Apertura(True, _("Abierta hasta la medianoche"))
            return Apertura(True, _("Abierta hasta las %(hora)s") % {"hora": en_horas(cierra)})
    cuando = _abre(semana, feriados, hoy, minuto)
    if hoy in feriados:
        return Apertura(
            False, _("Cerrada por feriado%(cuando)s") % {"cuando": f": {cuando}" if cuando else ""}
        )
    return Apertura(False, _("Cerrada%(cuando)s") % {"cuando": f": {cuando}" if cuando else ""})


def _abre(semana: Semana, feriados: Container[date], hoy: date, minuto: int) -> str:
    """When it opens next; empty when not in the days that are looked at."""
    for n in range(SE_MIRA_DIAS):
        dia = hoy + timedelta(days=n)
        if dia in feriados:
            continue
        for abre, _cierra in semana.get(dia.isoweekday(), ()):
            if n or abre > minuto:
                return _("abre %(dia)s a las %(hora)s") % {"dia": _dia(dia, n), "hora": en_horas(abre)}
    return ""


def _dia(dia: date, n: int) -> str:
    if n < 2:
        return _("mañana") if n else _("hoy")
    if n < 7:
        return _("el %(dia)s") % {"dia": DIAS[dia.isoweekday()]}
    return _("el %(dia)s") % {"dia": filtro_fecha(dia, "EEEE d 'de' MMMM")}
