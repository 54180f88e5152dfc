"""Reads of the mandates."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from ciudadania import leer_cedula, nombres_de_personas, obtener_persona
from empresa_digital.registro.mandatos.errores import (
    MandatoNoEncontrado,
)
from empresa_digital.registro.mandatos.facultades import unidades_de, vigente
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import nombres_de_unidades
from nucleo.actor import Actor
from nucleo.textos import gettext as _


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


def cedula_de(sesion: Session, persona_id: UUID) -> str:
    """The identity card of a person as grants write it."""
    persona = obtener_persona(sesion, persona_id)
    return leer_cedula(persona.ci, persona.complemento)


def ofrecidos_a(sesion: Session, actor: Actor) -> Sequence[Mandato]:
    """The mandates that wait for the answer of a person, theirs or of the units they administer, oldest
    first.
    """
    if actor.persona_id is None:
        return ()
    instante = func.nucleo_ahora()
    oficinas = unidades_de(sesion, actor, Facultad.ADMINISTRAR)
    consulta = select(Mandato).where(
        or_(
            col(Mandato.apoderado_persona_id) == actor.persona_id,
            col(Mandato.apoderado_cedula) == cedula_de(sesion, actor.persona_id),
            col(Mandato.apoderado_unidad_id).in_([u.id for u in oficinas]),
        ),
        col(Mandato.aceptado_en).is_(None),
        col(Mandato.ofrecido_hasta) > instante,
        or_(col(Mandato.revocado_en).is_(None), col(Mandato.revocado_en) > instante),
        or_(col(Mandato.valido_hasta).is_(None), col(Mandato.valido_hasta) > instante),
    )
    return sesion.exec(consulta.order_by(col(Mandato.creado_en), col(Mandato.id))).all()


def cuantos_por_grupo(sesion: Session, grupos: Collection[UUID]) -> dict[UUID, int]:
    """How many hold, or are offered, a mandate of each group now."""
    instante = func.nucleo_ahora()
    fin = func.least(Mandato.valido_hasta, Mandato.revocado_en)
    consulta = (
        select(Mandato.grupo_firma, func.count())
        .where(col(Mandato.grupo_firma).in_(list(grupos)), or_(fin.is_(None), fin > instante))
        .where(col(Mandato.aceptado_en).is_not(None) | (col(Mandato.ofrecido_hasta) > instante))
        .group_by(col(Mandato.grupo_firma))
    )
    return {grupo: cuantos for grupo, cuantos in sesion.exec(consulta) if grupo is not None}


def contar_ofrecidos(sesion: Session, actor: Actor) -> int:
    """How many mandates wait for a person's answer."""
    return len(ofrecidos_a(sesion, actor))


def nombres_de_apoderados(sesion: Session, mandatos: Sequence[Mandato]) -> dict[UUID, str]:
    """`{mandato.id: who holds it}` in two queries; who was offered it by identity card and has not answered,
    by the card.
    """
    personas = {m.apoderado_persona_id for m in mandatos if m.apoderado_persona_id}
    unidades = {m.apoderado_unidad_id for m in mandatos if m.apoderado_unidad_id}
    nombres = nombres_de_personas(sesion, personas)
    nombres |= nombres_de_unidades(sesion, unidades)
    return {
        m.id: nombres[quien]
        if (quien := m.apoderado_persona_id or m.apoderado_unidad_id)
        else _("Cédula %(cedula)s") % {"cedula": m.apoderado_cedula}
        for m in mandatos
    }
