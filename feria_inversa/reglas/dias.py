"""On which days, and at which hours, the acts of a process fall: the calendar of its entity's place."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from empresa_digital.registro import lugar
from feria_inversa.reglas.errores import DiaInhabil
from feria_inversa.reglas.valores import Clave, Reglas
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import calendario, inicio_del_dia
from nucleo.reloj import ZONA, fecha_bolivia
from nucleo.textos import gettext as _

INSTANTE = timedelta(microseconds=1)


def dia_de_cierre(vence_en: datetime) -> date:
    """The last day on which something may still come: what closes at midnight closes the day before."""
    return fecha_bolivia(vence_en - INSTANTE)


def exigir_dia_habil(
    sesion: Session, reglas: Reglas, dia: date, municipio_ine: str | None, campo: str
) -> None:
    """Raise `DiaInhabil`, saying why and which day comes next, when acts must fall on working days and this
    is none where the entity is. Raises `LugarDesconocido`, `CalendarioSinPublicar`.
    """
    actual, sitio = calendario(sesion), municipio_ine or ""
    if not reglas.exige(Clave.ACTOS_HABILES) or actual.es_habil(dia, [sitio]):
        return
    feriados = actual.en([sitio]).get(dia, ())
    detalle = _("El {dia} no es día hábil en {lugar} ({por_que}): el siguiente es el {siguiente}.").format(
        dia=filtro_fecha(dia),
        lugar=lugar(sesion, sitio) or sitio,
        por_que=", ".join(f.nombre for f in feriados) or _("fin de semana"),
        siguiente=filtro_fecha(actual.siguiente_habil(dia, [sitio])),
    )
    raise DiaInhabil(detalle, campos={campo: detalle})


def fuera_de_horario(reglas: Reglas, instante: datetime) -> str | None:
    """What to say of an hour at which offices are closed: advice, for no norm says one for all."""
    if reglas.horario is None:
        return None
    desde, hasta = (timedelta(minutes=n) for n in reglas.horario)
    if desde <= instante - inicio_del_dia(dia_de_cierre(instante)) <= hasta:
        return None
    return _("A las {hora} las oficinas suelen estar cerradas: atienden de {desde} a {hasta}.").format(
        hora=f"{instante.astimezone(ZONA):%H:%M}", desde=_hora(desde), hasta=_hora(hasta)
    )


def _hora(desde_medianoche: timedelta) -> str:
    horas, minutos = divmod(int(desde_medianoche.total_seconds()) // 60, 60)
    return f"{horas:02d}:{minutos:02d}"
