"""The piles on an operator's desk, as its items and what does not fit of them say."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from envios.eventos.estados import EstadoIncidencia
from envios.eventos.modelos import IncidenciaDeEnvio
from envios.items import Bandeja, EstadoEnvio
from envios.items.modelos import Envio


def _no_encaja() -> ColumnElement[bool]:
    """Something of the item does not fit, and nobody resolved it."""
    return (
        exists()
        .where(
            col(IncidenciaDeEnvio.envio_id) == col(Envio.id),
            col(IncidenciaDeEnvio.estado) == EstadoIncidencia.ABIERTA,
        )
        .correlate(Envio)
    )


def no_encajan(sesion: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of these items with an open incident."""
    return set(sesion.exec(select(Envio.id).where(col(Envio.id).in_(ids), _no_encaja())))


def estados_de(sesion: Session, ids: Collection[UUID]) -> dict[UUID, tuple[EstadoEnvio, bool]]:
    """Where each of these items is, and whether something of it did not fit, even if it was resolved."""
    raro = exists().where(col(IncidenciaDeEnvio.envio_id) == col(Envio.id)).correlate(Envio)
    filas = sesion.exec(select(Envio.id, Envio.estado, raro).where(col(Envio.id).in_(ids)))
    return {id: (EstadoEnvio(estado), bool(con)) for id, estado, con in filas}


def contar_bandejas(sesion: Session, operador_unidad_id: UUID) -> dict[Bandeja, int]:
    """How many shipments each pile of the operator holds, in one query.

    One with an open incident is among the problems too, wherever it is: also when it ended.
    """
    con_incidencia = func.count(case((_no_encaja(), 1)))
    filas = sesion.exec(
        select(Envio.estado, func.count(), con_incidencia)
        .where(col(Envio.custodio_unidad_id) == operador_unidad_id)
        .group_by(col(Envio.estado))
    ).all()
    cuentas = {b: sum(n for estado, n, _con in filas if estado in b.estados) for b in Bandeja}
    problemas = Bandeja.PROBLEMAS
    cuentas[problemas] += sum(con for estado, _n, con in filas if estado not in problemas.estados)
    return cuentas


def envios_de_bandeja(operador_unidad_id: UUID, bandeja: Bandeja) -> Select[Envio]:
    """The shipments of one pile, for `paginar` by (estado_en, id)."""
    suyos: ColumnElement[bool] = col(Envio.estado).in_(bandeja.estados)
    if bandeja is Bandeja.PROBLEMAS:
        suyos = or_(suyos, _no_encaja())
    return sa_select(Envio).where(col(Envio.custodio_unidad_id) == operador_unidad_id, suyos)
