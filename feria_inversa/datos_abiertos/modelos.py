"""Table of what was published as open data."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Identity,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento


@aplicacion("SELECT, INSERT")
class ReleaseOcds(Tabla, table=True):
    """An OCDS release exactly as it was published: text, so that no number or key order can change later."""

    __tablename__ = "feria_ocds_release"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "secuencia"),
        CheckConstraint("secuencia > 0", name="secuencia"),
        Index("ix_feria_ocds_release_ocid", "ocid", "secuencia"),
    )

    numero: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    secuencia: int = Field(sa_type=SmallInteger)
    ocid: str = Field(max_length=60)
    release_id: str = Field(max_length=80, unique=True)
    fecha: datetime = momento()
    etiquetas: list[str] = Field(sa_type=JSONB)
    contenido: str = Field(sa_type=Text)
