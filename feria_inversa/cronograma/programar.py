"""The entity schedules its process, and changes what it said with a public reason."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.cronograma.consultas import cronograma_de
from feria_inversa.cronograma.errores import CronogramaInvalido
from feria_inversa.cronograma.etapas import ANTES_DEL_CIERRE, Etapa, nombre_de_etapa
from feria_inversa.cronograma.modelos import Cronograma
from feria_inversa.cronograma.plazos import Dias, cierre_de, cuentas, lugar_de, reglas_del_proceso
from feria_inversa.papeles import CONDUCIR, exigir_papel
from feria_inversa.procesos import (
    OBJETO,
    PUBLICOS,
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoNoPermite,
    bloquear,
    exigir_motivo,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import exigir_dia_habil
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


def programar(sesion: Session, actor: Actor, convocatoria_id: UUID, dias: Dias, motivo: str) -> Cronograma:
    """Write the days of a public process whose orders are not given.

    Raises `CronogramaInvalido`, `DiaInhabil`, `FaltaMotivo` (of the second one on), `EstadoNoPermite`.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS and not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_papel(sesion, actor, convocatoria, CONDUCIR)
    if not se_programa(convocatoria):
        raise EstadoNoPermite(_("Solo se programa un proceso publicado que no terminó."))
    previo = cronograma_de(sesion, convocatoria_id)
    _exigir_dias(sesion, convocatoria, dias, dias_de(previo))
    datos: dict[str, Any] = {str(etapa): dia for etapa, dia in dias.items()}
    fila = Cronograma(
        convocatoria_id=convocatoria_id,
        numero=previo.numero + 1 if previo else 1,
        motivo=exigir_motivo(motivo) if previo else None,
        **datos,
    )
    sesion.add(fila)
    sesion.flush()
    dichos = {str(etapa): dia.isoformat() for etapa, dia in dias.items()}
    auditar(sesion, autorizacion, "convocatoria.programar", OBJETO, convocatoria_id, dichos)
    sesion.flush()
    return fila


def se_programa(convocatoria: Convocatoria) -> bool:
    """Whether days may still be given to it."""
    terminada = convocatoria.estado == Estado.CANCELADO or convocatoria.contratado_en is not None
    return convocatoria.estado in PUBLICOS and convocatoria.vence_en is not None and not terminada


def dias_de(fila: Cronograma | None) -> dict[Etapa, date]:
    """What a schedule says, stage by stage."""
    dias = {etapa: getattr(fila, etapa) for etapa in Etapa} if fila else {}
    return {etapa: dia for etapa, dia in dias.items() if dia is not None}


def _exigir_dias(sesion: Session, convocatoria: Convocatoria, dias: Dias, previos: Dias) -> None:
    """Order, working days, no past day that was not said before, and the terms that a norm confirms."""
    assert convocatoria.publicado_en is not None
    _exigir_orden(dias, fecha_bolivia(convocatoria.publicado_en), cierre_de(convocatoria))
    reglas, sitio = reglas_del_proceso(convocatoria), lugar_de(sesion, convocatoria)
    hoy = fecha_bolivia(ahora_bd(sesion))
    for etapa, dia in dias.items():
        if previos.get(etapa) == dia:
            continue
        if dia < hoy:
            raise _invalido(etapa, _("Ese día ya pasó."))
        exigir_dia_habil(sesion, reglas, dia, sitio, etapa)
    for cuenta in cuentas(sesion, convocatoria, dias):
        if cuenta.etapa is not None and cuenta.obliga and not cuenta.cumple:
            raise _invalido(
                cuenta.etapa,
                _("Antes debe pasar «{plazo}», de {medida}: puede ser desde el {dia}.").format(
                    plazo=cuenta.computo.plazo.nombre,
                    medida=cuenta.computo.plazo.medida,
                    dia=filtro_fecha(cuenta.desde),
                ),
            )


def _exigir_orden(dias: Mapping[Etapa, date], publicada: date, cierre: date) -> None:
    for etapa in ANTES_DEL_CIERRE:
        if etapa in dias and not publicada <= dias[etapa] <= cierre:
            raise _invalido(
                etapa,
                _("Debe caer entre la publicación, el {desde}, y el cierre, el {hasta}.").format(
                    desde=filtro_fecha(publicada), hasta=filtro_fecha(cierre)
                ),
            )
    if dias[Etapa.APERTURA] < cierre:
        raise _invalido(
            Etapa.APERTURA,
            _("Los sobres se abren después del cierre, el {}.").format(filtro_fecha(cierre)),
        )
    for antes, despues in pairwise([etapa for etapa in Etapa if etapa in dias]):
        if dias[despues] < dias[antes]:
            raise _invalido(
                despues,
                _("No puede ser antes de «{etapa}», el {dia}.").format(
                    etapa=nombre_de_etapa(antes), dia=filtro_fecha(dias[antes])
                ),
            )


def _invalido(etapa: Etapa, detalle: str) -> CronogramaInvalido:
    dicho = _("{etapa}: {detalle}").format(etapa=nombre_de_etapa(etapa), detalle=detalle)
    return CronogramaInvalido(dicho, campos={str(etapa): detalle})
