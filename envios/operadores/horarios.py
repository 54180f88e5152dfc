"""Hours of an agency in words, and whether it is open: pure, from its week and the holidays of its place."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from envios.operadores.valores import Semana, Tramo
from nucleo.lectores import en_horas
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

DIAS = {
    1: _l("lunes"),
    2: _l("martes"),
    3: _l("miércoles"),
    4: _l("jueves"),
    5: _l("viernes"),
    6: _l("sábado"),
    7: _l("domingo"),
}
DIAS_EN_ORDEN = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
"""Their names in the API and in forms."""
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


def semana_en_palabras(semana: Semana) -> list[tuple[str, str]]:
    """The week, days that are alike together: [("Lunes a viernes", "8:30 a 12:30 y 14:30 a 18:30"), …]."""
    grupos: list[tuple[int, int, tuple[Tramo, ...]]] = []
    for dia in DIAS:
        tramos = semana.get(dia, ())
        if grupos and grupos[-1][2] == tramos:
            grupos[-1] = (grupos[-1][0], dia, tramos)
        else:
            grupos.append((dia, dia, tramos))
    return [(_de_a(desde, hasta), _horas(tramos)) for desde, hasta, tramos in grupos]


def _de_a(desde: int, hasta: int) -> str:
    if desde == hasta:
        texto = str(DIAS[desde])
    elif hasta == desde + 1:
        texto = _("%(uno)s y %(otro)s") % {"uno": DIAS[desde], "otro": DIAS[hasta]}
    else:
        texto = _("%(uno)s a %(otro)s") % {"uno": DIAS[desde], "otro": DIAS[hasta]}
    return texto[:1].upper() + texto[1:]


def _horas(tramos: tuple[Tramo, ...]) -> str:
    if not tramos:
        return _("cerrado")
    return _(" y ").join(
        _("%(abre)s a %(cierra)s") % {"abre": en_horas(abre), "cierra": en_horas(cierra)}
        for abre, cierra in tramos
    )
