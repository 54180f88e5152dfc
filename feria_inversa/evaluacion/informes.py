"""The evaluation report of a process: what those who evaluate recommend, before somebody decides.

It is an act, frozen with its number, its digest and its signatures. One for each time that it is decided.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, cast, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, col, select

from feria_inversa.actos import INFORME, acta_de_clase
from feria_inversa.actos.modelos import Acta
from feria_inversa.evaluacion.errores import FaltaInforme
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.papeles import Papel, actua_alguien, del_proceso, designaciones_de
from feria_inversa.procesos import MOTIVO_MINIMO, Estado, FaltaMotivo, grupos_de
from feria_inversa.procesos.modelos import EN_CURSO, Convocatoria
from nucleo.panel import Espera, la_primera
from nucleo.textos import gettext as _


def evaluan(sesion: Session, convocatoria: Convocatoria) -> frozenset[UUID]:
    """Who was named to evaluate a process: they all sign its report. Nobody: there is no report."""
    nombradas = del_proceso(sesion, convocatoria.unidad_id, convocatoria.id, Papel.CALIFICACION)
    return frozenset(d.persona_id for d in nombradas)


def hubo_quien_evalue(sesion: Session, convocatoria: Convocatoria) -> bool:
    """Whether somebody was ever named to evaluate it: then nobody else does, though they ceased."""
    nombrados = designaciones_de(sesion, convocatoria.unidad_id, convocatoria.id)
    return any(d.papel == Papel.CALIFICACION for d in nombrados)


def informe_de(sesion: Session, convocatoria: Convocatoria) -> Acta | None:
    """The report for the decision that a process waits for; those of before were for others."""
    acta = acta_de_clase(sesion, convocatoria.id, INFORME)
    if acta is None or leer_informe(acta)["vez"] != convocatoria.resoluciones + 1:
        return None
    return acta


def contar_por_evaluar(sesion: Session, unidad_ids: Sequence[UUID], persona_id: UUID) -> dict[UUID, Espera]:
    """The processes of each of these entities that wait for the report of somebody named to evaluate them, or
    for their qualification of the technical part.
    """
    dicha = cast(cast(col(Acta.contenido), JSONB)["vez"].astext, Integer)
    firmado = (
        select(Acta.id)
        .where(
            Acta.convocatoria_id == Convocatoria.id,
            Acta.clase == INFORME,
            dicha == col(Convocatoria.resoluciones) + 1,
        )
        .exists()
    )
    termino = col(Convocatoria.sigue_en)
    consulta = (
        select(Convocatoria.unidad_id, func.count(), func.min(termino), la_primera(Convocatoria.id, termino))
        .where(
            col(Convocatoria.unidad_id).in_(unidad_ids),
            text(EN_CURSO),
            col(Convocatoria.estado).in_((Estado.EVALUACION_TECNICA, Estado.EVALUACION)),
            actua_alguien(Papel.CALIFICACION, col(Convocatoria.id), persona_id),
            ~firmado,
        )
        .group_by(col(Convocatoria.unidad_id))
    )
    return {unidad_id: Espera(*espera) for unidad_id, *espera in sesion.execute(consulta)}


def leer_informe(acta: Acta) -> dict[str, Any]:
    dicho: dict[str, Any] = json.loads(acta.contenido, parse_float=Decimal)
    return dicho


def recomendado(acta: Acta) -> Mapping[UUID | None, UUID | None]:
    """Of what is awarded at once, by its first item, the bid to which it should go; None: desierto."""
    return {
        UUID(r["item_id"]): UUID(r["oferta_id"]) if r["oferta_id"] else None
        for r in leer_informe(acta)["recomendaciones"]
    }


def _primeros(sesion: Session, convocatoria: Convocatoria) -> dict[UUID, UUID]:
    """Of each item, the first of those with which it is awarded."""
    grupos = grupos_de(sesion, convocatoria)
    return {item.id: grupo.primero.id for grupo in grupos for item in grupo.items}


def exigir_informe(
    sesion: Session, convocatoria: Convocatoria, decisiones: Sequence[DecisionEntrada]
) -> None:
    """Where somebody was ever named to evaluate: a report first. Of what departs from a report, whoever
    evaluates now, a reason. Raises `FaltaInforme`, `FaltaMotivo`.
    """
    acta = informe_de(sesion, convocatoria)
    if acta is None:
        if not hubo_quien_evalue(sesion, convocatoria):
            return
        if evaluan(sesion, convocatoria):
            raise FaltaInforme(_("Quienes evalúan todavía no firmaron su informe."))
        raise FaltaInforme(_("Quienes evaluaban ya no lo hacen: nombre a alguien que firme el informe."))
    dicho, primero = recomendado(acta), _primeros(sesion, convocatoria)
    campos = {
        f"decisiones.{n}.motivo": _("Se aparta del informe de evaluación: explique por qué.")
        for n, decision in enumerate(decisiones)
        if dicho.get(primero.get(decision.item_id), decision.oferta_id) != decision.oferta_id
        and len(decision.motivo.strip()) < MOTIVO_MINIMO
    }
    if campos:
        raise FaltaMotivo(next(iter(campos.values())), campos=campos)
