"""Reads of claims, and who may see each."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from moneyed import Money
from sqlalchemy import Select, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, or_, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Materia,
    Parte,
    SinFacultad,
    autoridades_competentes,
    exigir_competencia,
    partes_en_lote,
    tiene_facultad,
)
from envios.items import ENVIAN, es_de, se_disputa
from envios.reclamos.errores import ReclamoNoEncontrado
from envios.reclamos.estados import SIN_DECIDIR, ClaseReclamo, EstadoReclamo, Lado
from envios.reclamos.modelos import (
    DecisionDeReclamo,
    Indemnizacion,
    MensajeDeReclamo,
    Reclamo,
    ReglaDeReclamo,
)
from nucleo.actor import Actor
from nucleo.dinero import cero


def reclamante_de(sesion: Session, reclamo: Reclamo) -> Parte:
    return partes_en_lote(sesion, [reclamo.reclamante_parte_id])[reclamo.reclamante_parte_id]


def lado_de(sesion: Session, actor: Actor, reclamo: Reclamo) -> Lado | None:
    """On whose side somebody is; None without a part in it. The authority, only of what was taken to it."""
    if es_de(sesion, actor, reclamante_de(sesion, reclamo), ENVIAN):
        return Lado.RECLAMANTE
    if tiene_facultad(sesion, actor, reclamo.operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO):
        return Lado.OPERADOR
    if reclamo.impugnado_en is not None and supervisa(sesion, actor):
        return Lado.REGULADOR
    return None


def supervisa(sesion: Session, actor: Actor) -> bool:
    """Whether the actor is of an authority that supervises postal operators."""
    try:
        exigir_competencia(sesion, actor, Materia.ENVIOS)
    except SinFacultad:
        return False
    return True


def reclamo_visible(sesion: Session, actor: Actor, reclamo_id: UUID) -> tuple[Reclamo, Lado]:
    """A claim for somebody with a part in it; for anybody else it does not exist."""
    reclamo = sesion.get(Reclamo, reclamo_id)
    lado = lado_de(sesion, actor, reclamo) if reclamo is not None else None
    if reclamo is None or lado is None:
        raise ReclamoNoEncontrado()
    return reclamo, lado


def reclamos_del_envio(sesion: Session, envio_id: UUID) -> Sequence[Reclamo]:
    """All of an item, oldest first."""
    consulta = select(Reclamo).where(col(Reclamo.envio_id) == envio_id)
    return sesion.exec(consulta.order_by(col(Reclamo.presentado_en), col(Reclamo.id))).all()


@se_disputa("envios.reclamos")
def por_decidir(sesion: Session, envios: Collection[UUID]) -> Collection[UUID]:
    """Those of these items with a claim that nobody decided for good yet."""
    estados = [e.value for e in SIN_DECIDIR]
    consulta = select(Reclamo.envio_id).where(
        col(Reclamo.envio_id).in_(envios), col(Reclamo.estado).in_(estados)
    )
    return sesion.exec(consulta).all()


def decisiones_de(sesion: Session, reclamo_id: UUID) -> list[DecisionDeReclamo]:
    """Oldest first."""
    consulta = select(DecisionDeReclamo).where(col(DecisionDeReclamo.reclamo_id) == reclamo_id)
    orden = (col(DecisionDeReclamo.decidido_en), col(DecisionDeReclamo.id))
    return list(sesion.exec(consulta.order_by(*orden)))


def mensajes_de(sesion: Session, reclamo_id: UUID) -> list[MensajeDeReclamo]:
    consulta = select(MensajeDeReclamo).where(col(MensajeDeReclamo.reclamo_id) == reclamo_id)
    return list(sesion.exec(consulta.order_by(col(MensajeDeReclamo.numero))))


def exigir_archivo_de_reclamo(sesion: Session, reclamo: Reclamo, archivo_id: UUID) -> None:
    """Raises `ReclamoNoEncontrado` when no message of the claim brought it."""
    if archivo_id not in {m.archivo_id for m in mensajes_de(sesion, reclamo.id)}:
        raise ReclamoNoEncontrado()


def indemnizacion_de(sesion: Session, reclamo_id: UUID) -> Indemnizacion | None:
    return sesion.get(Indemnizacion, reclamo_id)


def ya_indemnizado(sesion: Session, envio_id: UUID) -> tuple[Money, Money]:
    """Of an item: what was fixed for its contents, and of its postage."""
    filas = sesion.exec(select(Indemnizacion).where(col(Indemnizacion.envio_id) == envio_id)).all()
    return sum((f.contenido for f in filas), cero()), sum((f.porte for f in filas), cero())


def regla_vigente(sesion: Session, clase: ClaseReclamo, dia: date) -> ReglaDeReclamo:
    """LookupError when no row says what a kind of claim is paid that day."""
    hasta = col(ReglaDeReclamo.vigente_hasta)
    consulta = select(ReglaDeReclamo).where(
        col(ReglaDeReclamo.clase) == clase,
        col(ReglaDeReclamo.vigente_desde) <= dia,
        or_(hasta.is_(None), hasta > dia),
    )
    fila = sesion.exec(consulta).one_or_none()
    if fila is None:
        raise LookupError(f"no hay regla de {clase} vigente el {dia}")
    return fila


def reclamos_de_partes(partes: Iterable[UUID]) -> Select[Reclamo]:
    """Those that these parties presented, for `paginar` by (presentado_en, id)."""
    return sa_select(Reclamo).where(col(Reclamo.reclamante_parte_id).in_(list(partes)))


def reclamos_del_operador(operador_unidad_id: UUID, estados: Iterable[EstadoReclamo]) -> Select[Reclamo]:
    """Those against an operator in some states, for `paginar` by (presentado_en, id)."""
    return sa_select(Reclamo).where(
        col(Reclamo.operador_unidad_id) == operador_unidad_id, col(Reclamo.estado).in_(list(estados))
    )


def reclamos_ante_la_autoridad(estados: Iterable[EstadoReclamo]) -> Select[Reclamo]:
    """Those that were taken to the authority, for `paginar` by (presentado_en, id)."""
    return sa_select(Reclamo).where(
        col(Reclamo.impugnado_en).is_not(None), col(Reclamo.estado).in_(list(estados))
    )


def contar(sesion: Session, operador_unidad_id: UUID) -> dict[EstadoReclamo, int]:
    """How many claims against an operator are in each state."""
    consulta = (
        select(Reclamo.estado, func.count())
        .where(col(Reclamo.operador_unidad_id) == operador_unidad_id)
        .group_by(col(Reclamo.estado))
    )
    return {EstadoReclamo(estado): cuantos for estado, cuantos in sesion.exec(consulta)}


def autoridades(sesion: Session) -> Sequence[UUID]:
    return autoridades_competentes(sesion, Materia.ENVIOS)
