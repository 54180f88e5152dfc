"""What is kept of files: the bytes, once, and one row for each owner. What must hold is in the revision
0044_archivos.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table exists
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante


@aplicacion("SELECT, INSERT, DELETE")
class Contenido(Tabla, table=True):
    """Bytes of the store, by their SHA-256 (hex). Whose they are and who may read them is not said here."""

    __tablename__ = "nucleo_contenido"
    __table_args__ = (
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint("tamano > 0", name="tamano"),
    )

    sha256: str = Field(primary_key=True, sa_type=String(64))
    tamano: int
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT, DELETE")
class Archivo(Tabla, table=True):
    """A file of one owner; who may read it is said here, whatever others did with the same bytes.

    The owner's row names it by a foreign key of both columns, (file, owner) -> (id, duenio_id): nobody's row
    can take somebody else's file. It is never changed: another access is another row.
    """

    __tablename__ = "nucleo_archivo"
    __table_args__ = (
        UniqueConstraint("id", "duenio_id"),
        Index("ix_nucleo_archivo_sha256", "sha256"),
        CheckConstraint("ancho > 0 AND alto > 0", name="medidas"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    duenio_id: UUID
    sha256: str = Field(foreign_key="nucleo_contenido.sha256", sa_type=String(64))
    tipo: str = Field(sa_type=String(100))
    publico: bool = False
    ancho: int | None = None
    alto: int | None = None
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT, DELETE")
class CopiaDeArchivo(Tabla, table=True):
    """A picture once more, for a screen `ancho` points wide."""

    __tablename__ = "nucleo_archivo_copia"
    __table_args__ = (
        Index("ix_nucleo_archivo_copia_sha256", "sha256"),
        CheckConstraint("ancho > 0", name="ancho"),
    )

    archivo_id: UUID = Field(primary_key=True, foreign_key="nucleo_archivo.id", ondelete="CASCADE")
    tipo: str = Field(primary_key=True, sa_type=String(100))
    ancho: int = Field(primary_key=True, sa_type=SmallInteger)
    sha256: str = Field(foreign_key="nucleo_contenido.sha256", sa_type=String(64))
