"""Reads of alerts and of what they found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from alertas.emparejadores import Hallazgo, emparejador_de
from alertas.errores import AlertaNoEncontrada
from alertas.modelos import Alerta, Coincidencia
from ciudadania import huella_de_secreto
from empresa_digital.registro import Facultad, tiene_facultad, unidades_de
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar


@dataclass(frozen=True, slots=True)
class Hallado:
    """An object found for an alert, as it is told, and when."""

    objeto_id: UUID
    hallada_en: datetime
    hallazgo: Hallazgo


def criterios_de(alerta: Alerta) -> BaseModel:
    criterios: BaseModel = emparejador_de(alerta.emparejador).esquema.model_validate(alerta.criterios)
    return criterios


def alertas_de(sesion: Session, actor: Actor, pagina: CursorPedido) -> tuple[list[Alerta], str | None]:
    """The live alerts of a person and of the units they administer, newest first."""
    unidades = [unidad.id for unidad in unidades_de(sesion, actor, Facultad.ADMINISTRAR)]
    consulta: Any = select(Alerta).where(
        or_(
            (col(Alerta.persona_id) == actor.persona_id) & col(Alerta.unidad_id).is_(None),
            col(Alerta.unidad_id).in_(unidades),
        ),
        col(Alerta.baja_en).is_(None),
    )
    return paginar(sesion, consulta, pagina, columnas=(Alerta.creado_en, Alerta.id))


def alerta_visible(sesion: Session, actor: Actor, alerta_id: UUID) -> Alerta:
    """A live alert of the actor's, or of a unit they administer. Raises `AlertaNoEncontrada`."""
    fila = sesion.get(Alerta, alerta_id)
    if fila is None or fila.baja_en is not None or not es_suya(sesion, actor, fila):
        raise AlertaNoEncontrada()
    return fila


def es_suya(sesion: Session, actor: Actor, alerta: Alerta) -> bool:
    """Whether it is the actor's own; that of a unit is whoever's administers it, not whoever's saved it."""
    if alerta.unidad_id is not None:
        return tiene_facultad(sesion, actor, alerta.unidad_id, Facultad.ADMINISTRAR)
    return actor.persona_id is not None and alerta.persona_id == actor.persona_id


def alerta_del_canal(sesion: Session, secreto: str) -> Alerta:
    """The alert whose feed has this address. Raises `AlertaNoEncontrada`."""
    consulta = select(Alerta).where(
        Alerta.huella_canal == huella_de_secreto(secreto), col(Alerta.baja_en).is_(None)
    )
    fila = sesion.exec(consulta).one_or_none()
    if fila is None:
        raise AlertaNoEncontrada()
    return fila


def hallazgos(sesion: Session, alerta: Alerta, pagina: CursorPedido) -> tuple[list[Hallado], str | None]:
    """What an alert found, newest first; what may not be seen any more is left out of its page."""
    columnas = (col(Coincidencia.hallada_en), col(Coincidencia.objeto_id))
    consulta: Any = sql_select(*columnas).where(col(Coincidencia.alerta_id) == alerta.id)
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, escalares=False)
    vistos = mostrar(sesion, alerta.emparejador, [fila.objeto_id for fila in filas])
    return [
        Hallado(fila.objeto_id, fila.hallada_en, vistos[fila.objeto_id])
        for fila in filas
        if fila.objeto_id in vistos
    ], siguiente


def mostrar(sesion: Session, emparejador: str, ids: Sequence[UUID]) -> Mapping[UUID, Hallazgo]:
    return emparejador_de(emparejador).mostrar(sesion, ids) if ids else {}


def unidades_avisadas(
    sesion: Session, emparejador: str, objeto_id: UUID, unidades: Collection[UUID]
) -> set[UUID]:
    """Of some units, those that learn of an object by an alert of theirs."""
    consulta = (
        select(Alerta.unidad_id)
        .join(Coincidencia, col(Coincidencia.alerta_id) == Alerta.id)
        .where(
            col(Alerta.unidad_id).in_(unidades),
            Alerta.emparejador == emparejador,
            col(Alerta.baja_en).is_(None),
            Coincidencia.objeto_id == objeto_id,
        )
    )
    return {unidad_id for unidad_id in sesion.exec(consulta) if unidad_id is not None}
