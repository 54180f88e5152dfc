"""Reads of operators: their agencies with their hours, and where they arrive on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    Unidad,
    con_habilitacion,
    unidades_de,
)
from envios.operadores.errores import AgenciaNoEncontrada, CoberturaNoEncontrada
from envios.operadores.modelos import FilaDeAgencia, FilaDeCobertura, FilaDeHorario
from envios.operadores.tipos import ATIENDEN, Entrega, EstadoAgencia
from envios.operadores.valores import Agencia, Cobertura, Semana, Tramo
from nucleo.actor import Actor


def agencia(fila: FilaDeAgencia) -> Agencia:
    return Agencia(**{campo.name: getattr(fila, campo.name) for campo in fields(Agencia)})


def cobertura(fila: FilaDeCobertura) -> Cobertura:
    return Cobertura(**{campo.name: getattr(fila, campo.name) for campo in fields(Cobertura)})


def agencia_por_id(sesion: Session, agencia_id: UUID) -> Agencia:
    """The agency, open or closed. Raises `AgenciaNoEncontrada`."""
    fila = sesion.get(FilaDeAgencia, agencia_id, populate_existing=True)
    if fila is None:
        raise AgenciaNoEncontrada()
    return agencia(fila)


def agencias_de(sesion: Session, operador_unidad_id: UUID, *, abiertas: bool = False) -> list[Agencia]:
    """The agencies of an operator by place and name, closed ones last; or the open ones alone."""
    consulta = select(FilaDeAgencia).where(col(FilaDeAgencia.operador_unidad_id) == operador_unidad_id)
    if abiertas:
        consulta = consulta.where(col(FilaDeAgencia.estado) == EstadoAgencia.ABIERTA)
    orden = (FilaDeAgencia.estado, FilaDeAgencia.municipio_ine, FilaDeAgencia.nombre)
    return [agencia(f) for f in sesion.exec(consulta.order_by(*map(col, orden)))]


def agencias_publicas(
    sesion: Session, lugar: str, *, operador_unidad_id: UUID | None = None
) -> list[Agencia]:
    """Where anybody may go in a municipality or a department (INE): open, of operators that work today."""
    condiciones: list[ColumnElement[bool]] = [
        col(FilaDeAgencia.municipio_ine).startswith(lugar, autoescape=True),
        col(FilaDeAgencia.estado) == EstadoAgencia.ABIERTA,
        col(FilaDeAgencia.clase).in_(ATIENDEN),
    ]
    if operador_unidad_id is not None:
        condiciones.append(col(FilaDeAgencia.operador_unidad_id) == operador_unidad_id)
    consulta = select(FilaDeAgencia).where(*condiciones)
    filas = sesion.exec(consulta.order_by(col(FilaDeAgencia.municipio_ine), col(FilaDeAgencia.nombre))).all()
    operan = operan_hoy(sesion, {f.operador_unidad_id for f in filas})
    return [agencia(f) for f in filas if f.operador_unidad_id in operan]


def operan_hoy(sesion: Session, unidades: Iterable[UUID]) -> set[UUID]:
    """Which of these are registered postal operators today."""
    return con_habilitacion(sesion, unidades, Habilitacion.OPERADOR_POSTAL)


def operadores_con_agencias(sesion: Session) -> list[UUID]:
    """The operators that work today and have some agency or coverage, to list them."""
    con_agencia = select(FilaDeAgencia.operador_unidad_id).distinct()
    con_cobertura = select(FilaDeCobertura.operador_unidad_id).distinct()
    return sorted(operan_hoy(sesion, {*sesion.exec(con_agencia), *sesion.exec(con_cobertura)}))


def contar_agencias(sesion: Session, operadores: Iterable[UUID]) -> dict[UUID, int]:
    """How many places of each of these operators attend people."""
    consulta = (
        select(FilaDeAgencia.operador_unidad_id, func.count())
        .where(
            col(FilaDeAgencia.operador_unidad_id).in_(list(operadores)),
            col(FilaDeAgencia.estado) == EstadoAgencia.ABIERTA,
            col(FilaDeAgencia.clase).in_(ATIENDEN),
        )
        .group_by(col(FilaDeAgencia.operador_unidad_id))
    )
    return dict.fromkeys(operadores, 0) | dict(sesion.exec(consulta).all())


def operadores_que_administra(sesion: Session, actor: Actor) -> list[Unidad]:
    """The postal operators whose agencies the actor may change, by name."""
    suyas = unidades_de(sesion, actor, Facultad.ADMINISTRAR)
    operan = operan_hoy(sesion, [u.id for u in suyas])
    return [u for u in suyas if u.id in operan]


def semanas_de(sesion: Session, agencias: Iterable[UUID]) -> dict[UUID, Semana]:
    """The hours of these agencies, in one query; {} of one that published none."""
    ids = set(agencias)
    semanas: dict[UUID, dict[int, tuple[Tramo, ...]]] = {id: {} for id in ids}
    if ids:
        consulta = select(FilaDeHorario).where(col(FilaDeHorario.agencia_id).in_(ids))
        for f in sesion.exec(consulta.order_by(col(FilaDeHorario.dia), col(FilaDeHorario.abre_min))):
            suya = semanas[f.agencia_id]
            suya[f.dia] = (*suya.get(f.dia, ()), (f.abre_min, f.cierra_min))
    return dict(semanas)


# --- Coverage ---------------------------------------------------------------------------------------------


def cobertura_por_id(sesion: Session, cobertura_id: UUID) -> Cobertura:
    """Raises `CoberturaNoEncontrada`."""
    fila = sesion.get(FilaDeCobertura, cobertura_id)
    if fila is None:
        raise CoberturaNoEncontrada()
    return cobertura(fila)


def vigente_el(dia: date) -> ColumnElement[bool]:
    hasta = col(FilaDeCobertura.vigente_hasta)
    return (col(FilaDeCobertura.vigente_desde) <= dia) & or_(hasta.is_(None), hasta > dia)


def coberturas_de(
    sesion: Session, operador_unidad_id: UUID, dia: date, *, lugar: str = ""
) -> Sequence[Cobertura]:
    """What an operator covers on a day and what is to come, by place, service and end."""
    hasta = col(FilaDeCobertura.vigente_hasta)
    sin_pasar = or_(hasta.is_(None), hasta > dia) & or_(
        hasta.is_(None), hasta > col(FilaDeCobertura.vigente_desde)
    )
    consulta = select(FilaDeCobertura).where(
        col(FilaDeCobertura.operador_unidad_id) == operador_unidad_id,
        col(FilaDeCobertura.municipio_ine).startswith(lugar, autoescape=True),
        sin_pasar,
    )
    orden = ("municipio_ine", "servicio", "entrega", "vigente_desde")
    consulta = consulta.order_by(*(col(getattr(FilaDeCobertura, c)) for c in orden))
    return [cobertura(f) for f in sesion.exec(consulta)]


def cobertura_en(
    sesion: Session, municipio_ine: str, dia: date, *, operador_unidad_id: UUID | None = None
) -> list[Cobertura]:
    """How each operator that works today arrives at a municipality on a day, quickest first.

    Delivery at an agency counts where the operator has an open one that attends people.
    """
    consulta = select(FilaDeCobertura).where(
        col(FilaDeCobertura.municipio_ine) == municipio_ine, vigente_el(dia)
    )
    if operador_unidad_id is not None:
        consulta = consulta.where(col(FilaDeCobertura.operador_unidad_id) == operador_unidad_id)
    orden = (FilaDeCobertura.dias, FilaDeCobertura.servicio, FilaDeCobertura.entrega, FilaDeCobertura.id)
    filas = sesion.exec(consulta.order_by(*map(col, orden))).all()
    operan = operan_hoy(sesion, {f.operador_unidad_id for f in filas})
    atienden = set(
        sesion.exec(
            select(FilaDeAgencia.operador_unidad_id).where(
                col(FilaDeAgencia.municipio_ine) == municipio_ine,
                col(FilaDeAgencia.estado) == EstadoAgencia.ABIERTA,
                col(FilaDeAgencia.clase).in_(ATIENDEN),
            )
        )
    )
    return [
        cobertura(f)
        for f in filas
        if f.operador_unidad_id in operan
        and (f.entrega is not Entrega.AGENCIA or f.operador_unidad_id in atienden)
    ]
