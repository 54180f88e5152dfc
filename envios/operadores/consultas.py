"""Reads of operators: their agencies with their hours, and how they arrive at a place."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Habilitacion,
    Unidad,
    con_habilitacion,
    unidades_de,
)
from envios.operadores.errores import AgenciaNoEncontrada
from envios.operadores.modelos import FilaDeAgencia, FilaDeHorario
from envios.operadores.tipos import ATIENDEN, EstadoAgencia
from envios.operadores.valores import Agencia, Cobertura
from envios.tarifas import llegadas_a, operadores_con_tarifas
from nucleo.actor import Actor
from nucleo.reloj import ahora_bd
from nucleo.semanas import Semana, Tramo


def agencia(fila: FilaDeAgencia) -> Agencia:
    return Agencia(**{campo.name: getattr(fila, campo.name) for campo in fields(Agencia)})


def agencia_por_id(sesion: Session, agencia_id: UUID) -> Agencia:
    """The agency, open or closed. Raises `AgenciaNoEncontrada`."""
    fila = sesion.get(FilaDeAgencia, agencia_id, populate_existing=True)
    if fila is None:
        raise AgenciaNoEncontrada()
    return agencia(fila)


def agencias_en_lote(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, Agencia]:
    """These agencies, open or closed, by id, in one query."""
    buscadas = set(ids)
    if not buscadas:
        return {}
    filas = sesion.exec(select(FilaDeAgencia).where(col(FilaDeAgencia.id).in_(buscadas)))
    return {f.id: agencia(f) for f in filas}


def agencias_de(sesion: Session, operador_unidad_id: UUID, *, abiertas: bool = False) -> list[Agencia]:
    """The agencies of an operator by place and name, closed ones last; or the open ones alone."""
    consulta = select(FilaDeAgencia).where(col(FilaDeAgencia.operador_unidad_id) == operador_unidad_id)
    if abiertas:
        consulta = consulta.where(col(FilaDeAgencia.estado) == EstadoAgencia.ABIERTA)
    orden = (FilaDeAgencia.estado, FilaDeAgencia.municipio_ine, FilaDeAgencia.nombre)
    return [agencia(f) for f in sesion.exec(consulta.order_by(*map(col, orden)))]


def agencias_abiertas(sesion: Session) -> list[Agencia]:
    """All that work today, of every operator, by operator, place and name: where a manifest may go."""
    abierta = col(FilaDeAgencia.estado) == EstadoAgencia.ABIERTA
    orden = (FilaDeAgencia.operador_unidad_id, FilaDeAgencia.municipio_ine, FilaDeAgencia.nombre)
    filas = sesion.exec(select(FilaDeAgencia).where(abierta).order_by(*map(col, orden))).all()
    operan = operan_hoy(sesion, {f.operador_unidad_id for f in filas})
    return [agencia(f) for f in filas if f.operador_unidad_id in operan]


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
    """The operators that work today and have some agency, or rates in force, to list them."""
    con_agencia = select(FilaDeAgencia.operador_unidad_id).distinct()
    con_tarifas = operadores_con_tarifas(sesion, ahora_bd(sesion))
    return sorted(operan_hoy(sesion, {*sesion.exec(con_agencia), *con_tarifas}))


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


def operadores_con(
    sesion: Session, actor: Actor, facultad: Facultad, *, con_otros: bool = False
) -> list[Unidad]:
    """The postal operators for which the actor holds a faculty (alone, unless `con_otros`), by name;
    suspended ones too: they finish what they hold and pay what they owe.
    """
    suyas = unidades_de(sesion, actor, facultad, estados=CON_LO_SUYO, con_otros=con_otros)
    ids = [u.id for u in suyas]
    operan = con_habilitacion(sesion, ids, Habilitacion.OPERADOR_POSTAL, estados=CON_LO_SUYO)
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


def cobertura_en(
    sesion: Session, municipio_ine: str, instante: datetime, *, operador_unidad_id: UUID | None = None
) -> list[Cobertura]:
    """How each operator that works today arrives at a municipality by its rates in force, quickest first.

    What has no rate is not served. What is collected at an agency says whether there is an open one there
    that attends people.
    """
    llegan = llegadas_a(sesion, municipio_ine, instante, operador_unidad_id=operador_unidad_id)
    operan = operan_hoy(sesion, {c.operador_unidad_id for c in llegan})
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
        Cobertura(c, municipio_ine, c.operador_unidad_id in atienden)
        for c in llegan
        if c.operador_unidad_id in operan
    ]
