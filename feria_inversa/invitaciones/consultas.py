"""Reads of the invitations."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from feria_inversa.invitaciones.modelos import Invitacion, Rubro, SinInvitaciones

AL_DIA = 5
"""How many invitations a unit gets in a day at most: of more it would read none."""


def cuantas_invitadas(sesion: Session, convocatoria_id: UUID) -> int:
    """How many units were told of a process; not which: who may bid is nobody's business."""
    return sesion.exec(select(func.count()).where(Invitacion.convocatoria_id == convocatoria_id)).one()


def recibe_invitaciones(sesion: Session, unidad_id: UUID) -> bool:
    return sesion.get(SinInvitaciones, unidad_id) is None


def divisiones_de(sesion: Session, codigos: Collection[str]) -> set[str]:
    """The divisions of CIIU whose units usually provide what has these UNSPSC codes."""
    segmentos = {codigo[:2] for codigo in codigos}
    return set(sesion.exec(select(Rubro.division).where(col(Rubro.segmento).in_(segmentos))))


def segmentos_de(sesion: Session, division: str) -> tuple[str, ...]:
    """The segments of UNSPSC that units of a division of CIIU usually provide."""
    consulta = select(Rubro.segmento).where(Rubro.division == division)
    return tuple(sesion.exec(consulta.order_by(col(Rubro.segmento))))


def divisiones_conocidas(sesion: Session, divisiones: Collection[str]) -> set[str]:
    """Of some divisions of CIIU, those of which it is known what their units usually provide."""
    return set(sesion.exec(select(Rubro.division).where(col(Rubro.division).in_(divisiones))))


def que_no_quieren(sesion: Session, unidades: Collection[UUID]) -> set[UUID]:
    """Of some units, those that do not want to be told, or were told enough in a day."""
    sin = select(SinInvitaciones.unidad_id).where(col(SinInvitaciones.unidad_id).in_(unidades))
    llenas = (
        select(Invitacion.unidad_id)
        .where(
            col(Invitacion.unidad_id).in_(unidades),
            col(Invitacion.invitada_en) > func.nucleo_ahora() - timedelta(days=1),
        )
        .group_by(col(Invitacion.unidad_id))
        .having(func.count() >= AL_DIA)
    )
    return {*sesion.exec(sin), *sesion.exec(llenas)}
