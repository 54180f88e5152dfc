"""The identifiers that other institutions gave to units."""

from uuid import UUID

from sqlalchemy import (
    Index,
    Text,
    text,
)
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla


@aplicacion("SELECT, INSERT, UPDATE (vivo), DELETE")
class Identificador(Tabla, table=True):
    """An identifier by scheme. Unique in its scheme among live units (`vivo`)."""

    __tablename__ = "registro_identificador"
    __table_args__ = (
        Index(
            "uq_registro_identificador_vivo", "esquema", "valor", unique=True, postgresql_where=text("vivo")
        ),
        Index("ix_registro_identificador_valor", "valor"),
    )

    unidad_id: UUID = Field(foreign_key="registro_unidad.id", primary_key=True)
    esquema: str = Field(primary_key=True, sa_type=Text)
    valor: str = Field(sa_type=Text)
    vivo: bool = False
