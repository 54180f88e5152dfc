"""Reads of what was published."""

from sqlalchemy import BigInteger, ColumnElement, Text, cast
from sqlmodel import Session, col, func, select

from feria_inversa.datos_abiertos.errores import ReleaseNoEncontrado
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, ReleaseOcds


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
