"""Reads of the mandates."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from ciudadania import nombres_de_personas
from empresa_digital.registro.mandatos.errores import (
    MandatoNoEncontrado,
)
from empresa_digital.registro.mandatos.facultades import vigente
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.unidades import nombres_de_unidades
from nucleo.actor import Actor


def mandato_por_id(sesion: Session, mandato_id: UUID) -> Mandato:
    """The mandate as it is now. Raises `MandatoNoEncontrado`."""
    mandato = sesion.get(Mandato, mandato_id, populate_existing=True)
    if mandato is None:
        raise MandatoNoEncontrado()
    return mandato


def mandatos_de(sesion: Session, unidad_id: UUID, *, solo_vigentes: bool = False) -> Sequence[Mandato]:
    """The mandates of a unit, oldest first."""
    consulta = select(Mandato).where(col(Mandato.unidad_id) == unidad_id)
    if solo_vigentes:
        consulta = consulta.where(vigente(Mandato, func.nucleo_ahora()))
    return sesion.exec(consulta.order_by(col(Mandato.creado_en), col(Mandato.id))).all()


def mandatos_para(sesion: Session, actor: Actor) -> Sequence[Mandato]:
    """The valid mandates granted to a person directly."""
    consulta = select(Mandato).where(
        col(Mandato.apoderado_persona_id) == actor.persona_id, vigente(Mandato, func.nucleo_ahora())
    )
    return sesion.exec(consulta.order_by(col(Mandato.creado_en), col(Mandato.id))).all()


def nombres_de_apoderados(sesion: Session, mandatos: Sequence[Mandato]) -> dict[UUID, str]:
    """`{mandato.id: who holds it}` in two queries."""
    personas = {m.apoderado_persona_id for m in mandatos if m.apoderado_persona_id}
    unidades = {m.apoderado_unidad_id for m in mandatos if m.apoderado_unidad_id}
    nombres = nombres_de_personas(sesion, personas)
    nombres |= nombres_de_unidades(sesion, unidades)
    return {m.id: nombres[m.apoderado_persona_id or m.apoderado_unidad_id or m.id] for m in mandatos}
