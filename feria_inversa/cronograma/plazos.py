"""The terms between the stages of a process, each with its arithmetic, and the earliest days they allow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from empresa_digital.registro import unidad_por_id
from feria_inversa.cronograma.etapas import Etapa
from feria_inversa.procesos import reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import (
    Clave,
    Reglas,
    cuenta_para_ofertar,
    dia_de_cierre,
    fuera_de_horario,
    plazo_para_documentos,
    plazo_para_impugnar,
)
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import Computo, Plazo, calendario, correr, inicio_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

Dias = Mapping[Etapa, date]
UN_DIA = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cuenta:
    """A term counted, what must wait for its end (None: the closing) and on which day that comes.

    `obliga` when the norm confirms it. `entero`: the whole of the last day must have passed.
    """

    etapa: Etapa | None
    dia: date
    computo: Computo
    obliga: bool
    entero: bool = False

    @property
    def desde(self) -> date:
        """The first day that will do."""
        assert self.computo.ultimo_dia is not None
        return self.computo.ultimo_dia + UN_DIA if self.entero else self.computo.ultimo_dia

    @property
    def cumple(self) -> bool:
        return self.dia >= self.desde


def lugar_de(sesion: Session, convocatoria: Convocatoria) -> str:
    return unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine or ""


def reglas_del_proceso(convocatoria: Convocatoria) -> Reglas:
    reglas = reglas_de(convocatoria)
    assert reglas is not None
    return reglas


def cierre_de(convocatoria: Convocatoria) -> date:
    assert convocatoria.vence_en is not None
    return dia_de_cierre(convocatoria.vence_en)


def cuentas(sesion: Session, convocatoria: Convocatoria, dias: Dias) -> list[Cuenta]:
    """Each term that the rules of a process put between two of its days."""
    return list(_cuentas(sesion, convocatoria, dias))


def _cuentas(sesion: Session, convocatoria: Convocatoria, dias: Dias) -> Iterator[Cuenta]:
    reglas, sitio = reglas_del_proceso(convocatoria), lugar_de(sesion, convocatoria)
    assert convocatoria.publicado_en is not None
    ofertar = cuenta_para_ofertar(sesion, reglas, convocatoria.publicado_en, sitio)
    if ofertar is not None:
        yield Cuenta(None, cierre_de(convocatoria), ofertar, reglas.exige(Clave.DIAS_MINIMOS))
    adjudicacion = dias.get(Etapa.ADJUDICACION)
    if adjudicacion is None:
        return
    for etapa, clave, entero in (
        (Etapa.DOCUMENTOS, Clave.DIAS_DOCUMENTOS, False),
        (Etapa.CONTRATO, Clave.DIAS_IMPUGNACION, True),
    ):
        if etapa in dias and (plazo := _plazo(reglas, clave)) is not None:
            computo = correr(sesion, plazo, inicio_del_dia(adjudicacion), [sitio])
            yield Cuenta(etapa, dias[etapa], computo, reglas.exige(clave), entero)


def _plazo(reglas: Reglas, clave: Clave) -> Plazo | None:
    if clave is Clave.DIAS_IMPUGNACION:
        return plazo_para_impugnar(reglas) if reglas.dias_impugnacion else None
    return plazo_para_documentos(reglas) if reglas.dias_documentos else None


def avisos(convocatoria: Convocatoria, contadas: list[Cuenta], dias: Dias) -> list[str]:
    """What is worth looking at and binds nobody: terms in doubt, office hours, a closing that has moved."""
    assert convocatoria.vence_en is not None
    dichos = []
    if (hora := fuera_de_horario(reglas_del_proceso(convocatoria), convocatoria.vence_en)) is not None:
        dichos.append(hora)
    dichos += [
        _("«{plazo}» está por confirmar: se aconseja desde el {dia}.").format(
            plazo=c.computo.plazo.nombre, dia=filtro_fecha(c.desde)
        )
        for c in contadas
        if not c.cumple
    ]
    if Etapa.APERTURA in dias and dias[Etapa.APERTURA] < cierre_de(convocatoria):
        dichos.append(_("El cierre se movió: la entidad debe fijar de nuevo lo que sigue."))
    return dichos


def propuesto(sesion: Session, convocatoria: Convocatoria) -> dict[Etapa, date]:
    """The earliest days that the terms allow, confirmed or not: where a form begins."""
    actual, sitio = calendario(sesion), [lugar_de(sesion, convocatoria)]
    apertura = max(cierre_de(convocatoria), fecha_bolivia(ahora_bd(sesion)))
    if not actual.es_habil(apertura, sitio):
        apertura = actual.siguiente_habil(apertura, sitio)
    evaluacion = actual.siguiente_habil(apertura, sitio)
    adjudicacion = actual.siguiente_habil(evaluacion, sitio)
    siguiente = actual.siguiente_habil(adjudicacion, sitio)
    dias = {
        Etapa.APERTURA: apertura,
        Etapa.EVALUACION: evaluacion,
        Etapa.ADJUDICACION: adjudicacion,
        Etapa.DOCUMENTOS: siguiente,
        Etapa.CONTRATO: siguiente,
    }
    for cuenta in cuentas(sesion, convocatoria, dias):
        if cuenta.etapa is not None and not cuenta.cumple:
            dias[cuenta.etapa] = actual.siguiente_habil(cuenta.desde - UN_DIA, sitio)
    dias[Etapa.CONTRATO] = max(dias[Etapa.CONTRATO], dias[Etapa.DOCUMENTOS])
    return dias
