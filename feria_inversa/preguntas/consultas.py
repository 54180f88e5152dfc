"""Reads of the questions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session, col, func, select

from feria_inversa.cronograma import Etapa, cronograma_de, dias_de
from feria_inversa.preguntas.errores import PreguntaNoEncontrada
from feria_inversa.preguntas.estados import EstadoPregunta
from feria_inversa.preguntas.modelos import Pregunta
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.paginacion import CursorPedido, paginar
from nucleo.plazos import inicio_del_dia


def preguntas_de(
    sesion: Session, convocatoria_id: UUID, pagina: CursorPedido, *, pendientes: bool = False
) -> tuple[list[Pregunta], str | None]:
    """A page of those of a process, in the order they came; or of those that wait for an answer."""
    consulta: Select[Any] = select(Pregunta).where(col(Pregunta.convocatoria_id) == convocatoria_id)
    if pendientes:
        consulta = consulta.where(col(Pregunta.estado) == EstadoPregunta.POR_RESPONDER)
    return paginar(sesion, consulta, pagina, columnas=(Pregunta.numero,), desc=False)


def todas_las_preguntas(sesion: Session, convocatoria_id: UUID) -> list[Pregunta]:
    consulta = (
        select(Pregunta).where(Pregunta.convocatoria_id == convocatoria_id).order_by(col(Pregunta.numero))
    )
    return list(sesion.exec(consulta, execution_options={"populate_existing": True}))


def contar_preguntas(sesion: Session, convocatoria_id: UUID) -> tuple[int, int]:
    """How many a process has, and how many of them wait for an answer."""
    consulta = select(
        func.count(), func.count().filter(col(Pregunta.estado) == EstadoPregunta.POR_RESPONDER)
    ).where(Pregunta.convocatoria_id == convocatoria_id)
    todas, pendientes = sesion.exec(consulta).one()
    return todas, pendientes


def pendientes_por_entidad(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """Of each entity the open process that closes first with questions to answer, and how many it has."""
    consulta = (
        select(Convocatoria.unidad_id, Convocatoria.id, func.count())
        .join(Pregunta, col(Pregunta.convocatoria_id) == Convocatoria.id)
        .where(
            col(Convocatoria.unidad_id).in_(unidad_ids),
            Convocatoria.estado == Estado.PUBLICADO,
            Pregunta.estado == EstadoPregunta.POR_RESPONDER,
        )
        .group_by(col(Convocatoria.id))
        .order_by(col(Convocatoria.vence_en).desc(), col(Convocatoria.id))
    )
    return {unidad_id: (proceso, n) for unidad_id, proceso, n in sesion.exec(consulta)}


def pregunta_de(sesion: Session, convocatoria_id: UUID, pregunta_id: UUID) -> Pregunta:
    """Fresh, of a locked process. Raises `PreguntaNoEncontrada`."""
    fila = sesion.get(Pregunta, pregunta_id, populate_existing=True)
    if fila is None or fila.convocatoria_id != convocatoria_id:
        raise PreguntaNoEncontrada
    return fila


def se_pregunta_hasta(sesion: Session, convocatoria: Convocatoria) -> datetime | None:
    """Until when it may be asked: the end of the day of the schedule, or the closing; None: it may not."""
    if convocatoria.estado != Estado.PUBLICADO or convocatoria.vence_en is None:
        return None
    dia = dias_de(cronograma_de(sesion, convocatoria.id)).get(Etapa.CONSULTAS)
    if dia is None:
        return convocatoria.vence_en
    return min(convocatoria.vence_en, inicio_del_dia(dia + timedelta(days=1)))
