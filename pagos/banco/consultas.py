"""Reads of the bank's files and movements."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from nucleo.paginacion import CursorPedido, paginar
from pagos.banco.estados import EstadoMovimiento
from pagos.banco.modelos import (
    ArchivoDeBanco,
    DecisionDeBanco,
    EfectoDeBanco,
    EntradaDeBanco,
    LineaDeArchivo,
    MovimientoDeBanco,
)
from pagos.retiros import EstadoRetiro
from pagos.retiros.modelos import LoteDeRetiros, Retiro

CANDIDATOS_MAXIMO = 50


def archivo_con_huella(sesion: Session, huella: bytes) -> ArchivoDeBanco | None:
    return sesion.exec(select(ArchivoDeBanco).where(ArchivoDeBanco.huella == huella)).one_or_none()


def archivos(sesion: Session, pagina: CursorPedido) -> tuple[list[ArchivoDeBanco], str | None]:
    """The newest first, without their bytes being read."""
    columnas = (col(ArchivoDeBanco.subido_en), col(ArchivoDeBanco.id))
    return paginar(sesion, select(ArchivoDeBanco), pagina, columnas=columnas)


def entradas_conocidas(sesion: Session, claves: Collection[bytes]) -> dict[bytes, EntradaDeBanco]:
    consulta = select(EntradaDeBanco).where(col(EntradaDeBanco.clave).in_(claves))
    return {entrada.clave: entrada for entrada in sesion.exec(consulta)}


def movimientos_de(sesion: Session, entradas: Collection[UUID]) -> dict[UUID, dict[bytes, MovimientoDeBanco]]:
    """Those of each entry, by their key."""
    de: dict[UUID, dict[bytes, MovimientoDeBanco]] = {}
    for fila in sesion.exec(select(MovimientoDeBanco).where(col(MovimientoDeBanco.entrada_id).in_(entradas))):
        de.setdefault(fila.entrada_id, {})[fila.clave] = fila
    return de


def lotes_con_id(sesion: Session, ids: Collection[UUID]) -> dict[UUID, LoteDeRetiros]:
    return {
        fila.id: fila for fila in sesion.exec(select(LoteDeRetiros).where(col(LoteDeRetiros.id).in_(ids)))
    }


def efectos_de(sesion: Session, retiros: Collection[UUID]) -> dict[tuple[UUID, str], UUID]:
    """Which movement paid, or returned, each withdrawal."""
    consulta = select(EfectoDeBanco).where(col(EfectoDeBanco.retiro_id).in_(retiros))
    return {(fila.retiro_id, fila.efecto): fila.movimiento_id for fila in sesion.exec(consulta)}


def dobles_sin_devolver(sesion: Session, retiros: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The second payments of each withdrawal that the bank has not returned, oldest first."""
    devuelve = aliased(MovimientoDeBanco)
    consulta = (
        select(MovimientoDeBanco)
        .outerjoin(devuelve, col(devuelve.compensa_id) == col(MovimientoDeBanco.id))
        .where(
            col(MovimientoDeBanco.retiro_id).in_(retiros),
            MovimientoDeBanco.resultado == "pagado_dos_veces",
            col(devuelve.id).is_(None),
        )
        .order_by(col(MovimientoDeBanco.creado_en), col(MovimientoDeBanco.id))
    )
    de: dict[UUID, list[UUID]] = {}
    for fila in sesion.exec(consulta):
        assert fila.retiro_id is not None
        de.setdefault(fila.retiro_id, []).append(fila.id)
    return de


def lotes_pagados_dos_veces(sesion: Session, lotes: Collection[UUID]) -> set[UUID]:
    """Those of these batches that the bank debited whole once more."""
    consulta = select(MovimientoDeBanco.lote_id).where(
        col(MovimientoDeBanco.lote_id).in_(lotes), MovimientoDeBanco.resultado == "pagado_dos_veces"
    )
    return {lote_id for lote_id in sesion.exec(consulta) if lote_id is not None}


def lineas_de(
    sesion: Session, archivo_id: UUID, pagina: CursorPedido
) -> tuple[list[tuple[LineaDeArchivo, MovimientoDeBanco]], str | None]:
    """A file's lines in their order, each with its movement."""
    filas, siguiente = paginar(
        sesion,
        select(LineaDeArchivo).where(LineaDeArchivo.archivo_id == archivo_id),
        pagina,
        columnas=(col(LineaDeArchivo.numero),),
        desc=False,
    )
    ids = [fila.movimiento_id for fila in filas]
    consulta = select(MovimientoDeBanco).where(col(MovimientoDeBanco.id).in_(ids))
    de = {m.id: m for m in sesion.exec(consulta)}
    return [(fila, de[fila.movimiento_id]) for fila in filas], siguiente


def cuenta_por_estado(sesion: Session, archivos: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """How many lines of each file are in each state; «nuevas», how many no other file had told of."""
    consulta = (
        select(
            LineaDeArchivo.archivo_id,
            MovimientoDeBanco.estado,
            func.count(),
            func.count().filter(col(LineaDeArchivo.nueva)),
        )
        .join(MovimientoDeBanco, col(MovimientoDeBanco.id) == col(LineaDeArchivo.movimiento_id))
        .where(col(LineaDeArchivo.archivo_id).in_(archivos))
        .group_by(col(LineaDeArchivo.archivo_id), col(MovimientoDeBanco.estado))
    )
    de: dict[UUID, dict[str, int]] = {}
    for archivo_id, estado, cuantas, nuevas in sesion.exec(consulta):
        suyo = de.setdefault(archivo_id, {"total": 0, "nuevas": 0})
        suyo[estado] = cuantas
        suyo["total"] += cuantas
        suyo["nuevas"] += nuevas
    return de


def movimientos(
    sesion: Session, pagina: CursorPedido, estado: EstadoMovimiento | None = None
) -> tuple[list[MovimientoDeBanco], str | None]:
    """Those in a state, or all: what waits, the oldest first; the rest, the newest."""
    consulta = select(MovimientoDeBanco)
    if estado is not None:
        consulta = consulta.where(MovimientoDeBanco.estado == estado.value)
    columnas = (col(MovimientoDeBanco.creado_en), col(MovimientoDeBanco.id))
    esperan = estado is EstadoMovimiento.PENDIENTE
    return paginar(sesion, consulta, pagina, columnas=columnas, desc=not esperan)


def cuantos_esperan(sesion: Session) -> int:
    consulta = select(func.count()).where(MovimientoDeBanco.estado == EstadoMovimiento.PENDIENTE.value)
    return sesion.exec(consulta).one()


def decision_de(sesion: Session, movimiento_id: UUID) -> DecisionDeBanco | None:
    return sesion.get(DecisionDeBanco, movimiento_id)


def candidatos(sesion: Session, movimiento: MovimientoDeBanco) -> Sequence[Retiro]:
    """The withdrawals that a person may say it paid, or returned: first the one that it names."""
    pagados, efecto = (EstadoRetiro.EN_LOTE.value, EstadoRetiro.PAGADO.value), "pago"
    if movimiento.sentido == "CRDT":
        efecto = "devolucion"
    tiene = select(EfectoDeBanco.retiro_id).where(EfectoDeBanco.efecto == efecto)
    consulta = (
        select(Retiro)
        .where(
            col(Retiro.monto) == movimiento.monto,
            or_(col(Retiro.estado).in_(pagados), col(Retiro.id) == movimiento.retiro_id),
            col(Retiro.id).not_in(tiene),
        )
        .order_by((col(Retiro.id) == movimiento.retiro_id).desc(), col(Retiro.creado_en), col(Retiro.id))
        .limit(CANDIDATOS_MAXIMO)
    )
    return sesion.exec(consulta).all() if movimiento.monto else []
