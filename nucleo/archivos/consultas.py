"""What files are, and which belong to nobody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, exists, func, not_
from sqlmodel import Session, SQLModel, col, select

from nucleo.archivos.modelos import Archivo, Contenido, CopiaDeArchivo

GRACIA = timedelta(days=1)
"""How long a file may be without its owner's row before it is taken away."""


def tipos_de(sesion: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """The media type of each."""
    return dict(sesion.exec(select(Archivo.id, Archivo.tipo).where(col(Archivo.id).in_(ids))).all())


@dataclass(frozen=True, slots=True)
class Huella:
    """The SHA-256 (hex) of a file's bytes, and how many they are."""

    sha256: str
    tamano: int


def huellas_de(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, Huella]:
    """Of each file, what its bytes are."""
    consulta = (
        select(Archivo.id, Contenido.sha256, Contenido.tamano)
        .join(Contenido, col(Contenido.sha256) == Archivo.sha256)
        .where(col(Archivo.id).in_(ids))
    )
    return {id_: Huella(sha256, tamano) for id_, sha256, tamano in sesion.exec(consulta)}


def _nombrados_en() -> list[Column[Any]]:
    """The columns of every room by which a row names its file."""
    propias = CopiaDeArchivo.__tablename__
    ajenas = [clave for tabla in SQLModel.metadata.tables.values() for clave in tabla.foreign_keys]
    return [
        clave.parent
        for clave in ajenas
        if clave.target_fullname == "nucleo_archivo.id" and clave.parent.table.name != propias
    ]


def de_nadie() -> list[ColumnElement[bool]]:
    """Of a `Contenido`: that no file has these bytes."""
    return [not_(exists().where(col(de.sha256) == col(Contenido.sha256))) for de in (Archivo, CopiaDeArchivo)]


def sin_duenio() -> list[ColumnElement[bool]]:
    """Of an `Archivo`: that no row names it, although it had the time to."""
    return [
        col(Archivo.creado_en) < func.nucleo_ahora() - GRACIA,
        *(not_(exists().where(columna == col(Archivo.id))) for columna in _nombrados_en()),
    ]
