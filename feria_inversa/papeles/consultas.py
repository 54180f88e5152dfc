"""Reads of the roles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from feria_inversa.papeles.errores import DesignacionNoEncontrada, ExcusaNoEncontrada
from feria_inversa.papeles.estados import ClaseDeExcusa, EstadoExcusa
from feria_inversa.papeles.modelos import Designacion, Excusa, Incompatibilidad
from feria_inversa.papeles.tipos import Papel


def rige() -> ColumnElement[bool]:
    """SQL condition: a naming holds now."""
    ahora = func.nucleo_ahora()
    return (
        col(Designacion.cesada_en).is_(None)
        & (col(Designacion.desde) <= ahora)
        & or_(col(Designacion.hasta).is_(None), col(Designacion.hasta) > ahora)
    )


def designaciones_de(
    sesion: Session, unidad_id: UUID, convocatoria_id: UUID | None = None
) -> list[Designacion]:
    """All that there ever were of a process or, without one, of the entity itself, in order."""
    consulta = (
        select(Designacion)
        .where(
            Designacion.unidad_id == unidad_id,
            col(Designacion.convocatoria_id).is_not_distinct_from(convocatoria_id),
        )
        .order_by(col(Designacion.designada_en), col(Designacion.id))
    )
    return list(sesion.exec(consulta, execution_options={"populate_existing": True}))


def que_rigen(sesion: Session, unidad_id: UUID, convocatoria_id: UUID | None) -> list[Designacion]:
    """Those that hold now: of the entity and, with one, of the process."""
    consulta = _que_rigen(unidad_id, convocatoria_id)
    return list(sesion.exec(consulta, execution_options={"populate_existing": True}))


def _que_rigen(unidad_id: UUID, convocatoria_id: UUID | None) -> SelectOfScalar[Designacion]:
    return (
        select(Designacion)
        .where(
            Designacion.unidad_id == unidad_id,
            or_(
                col(Designacion.convocatoria_id).is_(None),
                col(Designacion.convocatoria_id) == convocatoria_id,
            ),
            rige(),
        )
        .order_by(col(Designacion.designada_en), col(Designacion.id))
    )


def que_actuan(sesion: Session, unidad_id: UUID, convocatoria_id: UUID | None) -> list[Designacion]:
    """Of those that hold, the ones whose person still has a mandate of the entity: a role that somebody left
    behind stops nobody else.
    """
    sigue = func.registro_representa(col(Designacion.persona_id), col(Designacion.unidad_id))
    consulta = _que_rigen(unidad_id, convocatoria_id).add_columns(sigue)
    filas = sesion.execute(consulta, execution_options={"populate_existing": True})
    return [designacion for designacion, representa in filas if representa]


def papeles_en(
    sesion: Session, unidad_id: UUID, convocatoria_id: UUID, abierto_en: datetime | None, persona_id: UUID
) -> list[str]:
    """The roles that somebody holds in a process, or held once its envelopes were open: what they did in them
    stays done.
    """
    cuenta = rige()
    if abierto_en is not None:
        cuenta |= func.least(Designacion.cesada_en, Designacion.hasta) > abierto_en
    consulta = select(Designacion.papel).where(
        Designacion.unidad_id == unidad_id,
        Designacion.persona_id == persona_id,
        or_(col(Designacion.convocatoria_id).is_(None), col(Designacion.convocatoria_id) == convocatoria_id),
        cuenta,
    )
    return sorted(set(sesion.exec(consulta)))


def del_proceso(sesion: Session, unidad_id: UUID, convocatoria_id: UUID, papel: Papel) -> list[Designacion]:
    """Who acts in a role of a process now, those who ask to be left out too."""
    return [
        d
        for d in que_actuan(sesion, unidad_id, convocatoria_id)
        if d.convocatoria_id == convocatoria_id and d.papel == papel
    ]


def actua_alguien(papel: Papel, convocatoria_id: Any, persona_id: UUID | None = None) -> ColumnElement[bool]:
    """SQL condition: somebody, or this very person, was named to a role of a process and acts in it now: with
    a mandate, and not left out of it (nor, if it is they who are asked for, wishing to be).
    """
    fuera = col(Excusa.estado) == EstadoExcusa.ACEPTADA
    suya = aliased(Designacion)
    quien = []
    if persona_id is not None:
        fuera |= (col(Excusa.clase) == ClaseDeExcusa.EXCUSA) & (col(Excusa.estado) == EstadoExcusa.PRESENTADA)
        quien.append(col(Designacion.persona_id) == persona_id)
    apartada = (
        select(Excusa.id)
        .join(suya, col(suya.id) == Excusa.designacion_id)
        .where(suya.convocatoria_id == convocatoria_id, suya.persona_id == col(Designacion.persona_id), fuera)
    )
    return (
        select(Designacion.id)
        .where(
            Designacion.convocatoria_id == convocatoria_id,
            Designacion.papel == papel,
            *quien,
            rige(),
            func.registro_representa(col(Designacion.persona_id), col(Designacion.unidad_id)),
            ~apartada.exists(),
        )
        .exists()
    )


def designacion_por_id(sesion: Session, designacion_id: UUID) -> Designacion:
    fila = sesion.get(Designacion, designacion_id, populate_existing=True)
    if fila is None:
        raise DesignacionNoEncontrada
    return fila


def excusa_por_id(sesion: Session, excusa_id: UUID) -> Excusa:
    fila = sesion.get(Excusa, excusa_id, populate_existing=True)
    if fila is None:
        raise ExcusaNoEncontrada
    return fila


def excusas_de(sesion: Session, designaciones: Collection[UUID]) -> list[Excusa]:
    """Those about some namings, in the order in which they came."""
    consulta = (
        select(Excusa)
        .where(col(Excusa.designacion_id).in_(designaciones))
        .order_by(col(Excusa.presentada_en), col(Excusa.id))
    )
    return list(sesion.exec(consulta, execution_options={"populate_existing": True}))


def excusas_por_resolver(sesion: Session, unidad_ids: Collection[UUID]) -> list[tuple[Excusa, Designacion]]:
    """Those that wait for the answer of some entities, the first to end first."""
    consulta = (
        select(Excusa, Designacion)
        .join(Designacion, col(Designacion.id) == Excusa.designacion_id)
        .where(Excusa.estado == EstadoExcusa.PRESENTADA, col(Designacion.unidad_id).in_(unidad_ids))
        .order_by(col(Excusa.resolver_hasta), col(Excusa.id))
    )
    return list(sesion.exec(consulta).all())


@dataclass(frozen=True, slots=True)
class Fuera:
    """The people who were left out of a process: they asked for it, or were recused, and it was accepted; and
    those who ask and wait for the answer: meanwhile they do nothing.
    """

    apartados: frozenset[UUID]
    piden: frozenset[UUID]

    @property
    def todos(self) -> frozenset[UUID]:
        return self.apartados | self.piden


def fuera_de(sesion: Session, convocatoria_id: UUID) -> Fuera:
    pide = (col(Excusa.clase) == ClaseDeExcusa.EXCUSA) & (col(Excusa.estado) == EstadoExcusa.PRESENTADA)
    consulta = (
        select(Designacion.persona_id, Excusa.estado)
        .join(Excusa, col(Excusa.designacion_id) == Designacion.id)
        .where(
            Designacion.convocatoria_id == convocatoria_id,
            or_(col(Excusa.estado) == EstadoExcusa.ACEPTADA, pide),
        )
    )
    quienes = list(sesion.exec(consulta))
    return Fuera(
        frozenset(persona_id for persona_id, estado in quienes if estado == EstadoExcusa.ACEPTADA),
        frozenset(persona_id for persona_id, estado in quienes if estado == EstadoExcusa.PRESENTADA),
    )


def excusas_vencidas(sesion: Session, convocatoria_id: UUID) -> list[UUID]:
    """Those of a process whose term passed and which nobody wrote down yet, the first to end first."""
    consulta = (
        select(Excusa.id)
        .join(Designacion, col(Designacion.id) == Excusa.designacion_id)
        .where(
            Designacion.convocatoria_id == convocatoria_id,
            Excusa.estado == EstadoExcusa.PRESENTADA,
            col(Excusa.resolver_hasta) <= func.nucleo_ahora(),
        )
        .order_by(col(Excusa.resolver_hasta), col(Excusa.id))
    )
    return list(sesion.exec(consulta))


def tiene_gente(sesion: Session, convocatoria_id: UUID) -> bool:
    """Whether anybody was ever named to a process, besides who published it."""
    consulta = select(Designacion.id).where(
        Designacion.convocatoria_id == convocatoria_id, Designacion.papel != Papel.RESPONSABLE
    )
    return sesion.exec(consulta.limit(1)).first() is not None


def recusado_hasta(sesion: Session, convocatoria_id: UUID, persona_id: UUID) -> datetime | None:
    """Until when somebody who was recused in a process neither evaluates nor decides: the term of the first
    recusal that waits for its answer. One that was answered stops nobody, nor makes a later one stop less;
    one whose term passed stops until that is written down.
    """
    recusaciones = (
        select(func.min(Excusa.resolver_hasta))
        .join(Designacion, col(Designacion.id) == Excusa.designacion_id)
        .where(
            Designacion.convocatoria_id == convocatoria_id,
            Designacion.persona_id == persona_id,
            Excusa.clase == ClaseDeExcusa.RECUSACION,
            Excusa.estado == EstadoExcusa.PRESENTADA,
        )
    )
    return sesion.exec(recusaciones).one()


def es_su_propio_caso(sesion: Session, unidad_id: UUID, persona_id: UUID) -> bool:
    """Whether nobody but the very person could answer what is asked about them."""
    return bool(sesion.exec(select(func.feria_su_propio_caso(unidad_id, persona_id))).one())


def incompatibles(
    sesion: Session, papel: Papel, otros: Sequence[str], dia: date
) -> list[tuple[str, Incompatibilidad]]:
    """Of some roles, those that a day's rules do not let go with one; each with its rule."""
    return [(otro, regla) for _papel, otro, regla in incompatibles_con(sesion, [papel], otros, dia)]


def incompatibles_con(
    sesion: Session, papeles: Collection[Papel], otros: Sequence[str], dia: date
) -> list[tuple[Papel, str, Incompatibilidad]]:
    """The same of many, in their order."""
    regla: Any = Incompatibilidad
    consulta = select(Incompatibilidad).where(
        regla.vigente_desde <= dia,
        or_(regla.vigente_hasta.is_(None), regla.vigente_hasta >= dia),
        or_(regla.papel.in_(papeles), regla.con.in_(papeles)),
    )
    reglas = list(sesion.exec(consulta))
    hallados = [
        (papel, fila.con if fila.papel == papel else fila.papel, fila)
        for papel in sorted(papeles)
        for fila in reglas
        if papel in (fila.papel, fila.con)
    ]
    return sorted((h for h in hallados if h[1] in otros), key=lambda hallado: hallado[:2])
