"""Reads of what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Row, Text, and_, cast, false
from sqlalchemy import select as columnas
from sqlmodel import Session, col, func, select

from empresa_digital.registro import unidades_por_numero
from feria_inversa.datos_abiertos.errores import DiasAlReves, MesNoEncontrado, ReleaseNoEncontrado
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, MesOcds, ReleaseOcds
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.paginacion import CursorPedido, escribir_cursor, paginar
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

T = TypeVar("T")
_ORDEN = (ReleaseOcds.transaccion, ReleaseOcds.numero)
_CAMBIO = (*_ORDEN, ReleaseOcds.ocid, ReleaseOcds.release_id, ReleaseOcds.fecha, ReleaseOcds.etiquetas)


def releases_de(sesion: Session, ocid: str) -> list[ReleaseOcds]:
    """Those of a process, in their order. Raises `ReleaseNoEncontrado`."""
    consulta = select(ReleaseOcds).where(ReleaseOcds.ocid == ocid).order_by(col(ReleaseOcds.secuencia))
    releases = list(sesion.exec(consulta)) if "\x00" not in ocid else []
    if not releases:
        raise ReleaseNoEncontrado
    return releases


def record_de(sesion: Session, ocid: str) -> tuple[list[ReleaseOcds], CompiladoOcds]:
    """The releases of a process, and what they say together. Raises `ReleaseNoEncontrado`."""
    suya = select(ReleaseOcds.convocatoria_id).where(ReleaseOcds.ocid == ocid.replace("\x00", "")).limit(1)
    consulta = select(CompiladoOcds).where(CompiladoOcds.convocatoria_id == suya.scalar_subquery())
    compilado = sesion.exec(consulta).one_or_none()
    if compilado is None:
        raise ReleaseNoEncontrado
    return releases_de(sesion, ocid)[: compilado.secuencia], compilado


@dataclass(frozen=True, slots=True)
class Tramo(Generic[T]):
    """A stretch of a list that has no end. `hasta` is the place after its last row: who goes on from it, now
    or another day, reads what comes later, and nothing twice."""

    filas: Sequence[T]
    hasta: str
    hay_mas: bool


@dataclass(frozen=True, slots=True)
class Registro:
    """A process as the list of records has it: what its releases say together, and which they are."""

    ocid: str
    compilado: str
    releases: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class DiasDePublicacion:
    """Days in Bolivia, both included, in which a process was published. Raises `DiasAlReves`."""

    desde: date | None = None
    hasta: date | None = None

    def __post_init__(self) -> None:
        if self.desde and self.hasta and self.hasta < self.desde:
            raise DiasAlReves(_("Cambie «desde» por «hasta», o deje uno sin poner."))

    def donde(self) -> list[ColumnElement[bool]]:
        publicado = col(Convocatoria.publicado_en)
        desde = [publicado >= _inicio(self.desde)] if self.desde else []
        return [*desde, publicado < _inicio(self.hasta + timedelta(days=1))] if self.hasta else desde


def todas(sesion: Session, pagina: CursorPedido) -> Tramo[ReleaseOcds]:
    """The releases of all processes, the oldest first."""
    return _tramo(sesion, select(ReleaseOcds).where(_ya_en_su_lugar()), pagina, escalares=True)


def cambios(sesion: Session, pagina: CursorPedido) -> Tramo[Row[Any]]:
    """That there is each of them, without what it says."""
    return _tramo(sesion, columnas(*map(col, _CAMBIO)).where(_ya_en_su_lugar()), pagina)


def registros(sesion: Session, pagina: CursorPedido, dias: DiasDePublicacion) -> Tramo[Registro]:
    """Each process in the place of its last release: one that changes leaves its place, and comes later."""
    ultima = and_(
        col(CompiladoOcds.convocatoria_id) == ReleaseOcds.convocatoria_id,
        col(CompiladoOcds.secuencia) == ReleaseOcds.secuencia,
    )
    de_cada_una = (*_ORDEN, ReleaseOcds.convocatoria_id, ReleaseOcds.ocid, CompiladoOcds.contenido)
    consulta: Any = columnas(*map(col, de_cada_una)).join(CompiladoOcds, ultima).where(_ya_en_su_lugar())
    if donde := dias.donde():
        consulta = consulta.join(Convocatoria, col(Convocatoria.id) == ReleaseOcds.convocatoria_id)
        consulta = consulta.where(*donde)
    tramo: Tramo[Row[Any]] = _tramo(sesion, consulta, pagina)
    suyas = _hasta_las(sesion, tramo.filas)
    filas = [Registro(f.ocid, f.contenido, suyas[f.convocatoria_id]) for f in tramo.filas]
    return Tramo(filas, tramo.hasta, tramo.hay_mas)


def _hasta_las(sesion: Session, ultimas: Sequence[Row[Any]]) -> dict[UUID, list[Row[Any]]]:
    """The releases of each process up to its last of these, in their order: one that came since is not told
    of, as what is compiled does not tell it."""
    numeros = {fila.convocatoria_id: fila.numero for fila in ultimas}
    consulta = columnas(*map(col, (ReleaseOcds.convocatoria_id, *_CAMBIO)))
    consulta = consulta.where(col(ReleaseOcds.convocatoria_id).in_(numeros))
    filas = sesion.execute(consulta.order_by(col(ReleaseOcds.convocatoria_id), col(ReleaseOcds.secuencia)))
    return {
        id_: [fila for fila in suyas if fila.numero <= numeros[id_]]
        for id_, suyas in groupby(filas, attrgetter("convocatoria_id"))
    }


def _tramo(sesion: Session, consulta: Any, pagina: CursorPedido, *, escalares: bool = False) -> Tramo[Any]:
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=_ORDEN, desc=False, escalares=escalares)
    ultima = [filas[-1].transaccion, filas[-1].numero] if filas else [0, 0]
    hasta = escribir_cursor(ultima) if filas or not pagina.cursor else pagina.cursor
    return Tramo(filas, hasta, siguiente is not None)


def _inicio(dia: date) -> datetime:
    return datetime.combine(dia, time.min, ZONA)


def _ya_en_su_lugar() -> ColumnElement[bool]:
    """That before a release of the list of all none will come any more: whoever might write one has ended."""
    primera_abierta = func.pg_snapshot_xmin(func.pg_current_snapshot())
    return col(ReleaseOcds.transaccion) < cast(cast(primera_abierta, Text), BigInteger)


@dataclass(frozen=True, slots=True)
class FiltroDeMeses:
    """A month as `2026-11`, the number in the registry of an entity. Of a month, those of all and of each
    entity; without any, every month of all."""

    mes: str = ""
    entidad: str = ""


def meses(sesion: Session, pagina: CursorPedido, filtro: FiltroDeMeses) -> tuple[list[MesOcds], str | None]:
    """The months with files, the last one first; of a month, that of all and then of each entity."""
    consulta = select(MesOcds)
    if filtro.mes:
        consulta = consulta.where(MesOcds.mes == _primer_dia(filtro.mes))
    if filtro.entidad or not filtro.mes:
        consulta = consulta.where(_de_quien(sesion, filtro.entidad))
    return paginar(sesion, consulta, pagina, columnas=(MesOcds.mes, MesOcds.id))


def mes_por_direccion(sesion: Session, mes: str, entidad: str) -> MesOcds:
    """The files of a month, of an entity or (empty) of all. Raises `MesNoEncontrado`."""
    de_cual = select(MesOcds).where(MesOcds.mes == _primer_dia(mes), _de_quien(sesion, entidad))
    fila = sesion.exec(de_cual).one_or_none()
    if fila is None:
        raise MesNoEncontrado
    return fila


def _primer_dia(mes: str) -> date:
    return date.fromisoformat(f"{mes}-01")


def _de_quien(sesion: Session, entidad: str) -> Any:
    if not entidad:
        return col(MesOcds.unidad_id).is_(None)
    unidad = unidades_por_numero(sesion, [entidad]).get(entidad)
    return false() if unidad is None else MesOcds.unidad_id == unidad.id
