"""Reads of what was published."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, cast, false
from sqlmodel import Session, col, func, select

from empresa_digital.registro import unidades_por_numero
from feria_inversa.datos_abiertos.errores import MesNoEncontrado, ReleaseNoEncontrado
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, MesOcds, ReleaseOcds
from nucleo.paginacion import CursorPedido, paginar


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


def ya_en_su_lugar() -> ColumnElement[bool]:
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
