"""Table of the documents of a process."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint
from sqlmodel import Field

from feria_inversa.documentos.clases import Clase
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante

DOCUMENTOS_MAXIMOS = 20
VERSIONES_MAXIMAS = 50
PEDIDOS_MAXIMOS = 20
_CLASES = ", ".join(f"'{clase}'" for clase in Clase)


@aplicacion("SELECT, INSERT, DELETE")
class Documento(Tabla, table=True):
    """A version of a document: what it is, its file, and since which version of its process it holds.
    The one that the platform writes, the DBC, is number 0; nobody sent it.

    Versions are added one to another. While the process is a draft they can be thrown away; afterwards none
    is, and another comes only with a version of the process.
    """

    __tablename__ = "feria_documento"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "numero", "version"),
        ForeignKeyConstraint(["convocatoria_id"], ["feria_convocatoria.id"]),
        ForeignKeyConstraint(
            ["archivo_id", "convocatoria_id"],
            ["nucleo_archivo.id", "nucleo_archivo.duenio_id"],
            name="fk_feria_documento_archivo",
        ),
        ForeignKeyConstraint(["mandato_id"], ["registro_mandato.id"]),
        CheckConstraint(
            f"numero BETWEEN 0 AND {DOCUMENTOS_MAXIMOS} AND (numero = 0) = (clase = 'dbc')", name="numero"
        ),
        CheckConstraint(f"version > 0 AND (version <= {VERSIONES_MAXIMAS} OR clase = 'dbc')", name="version"),
        CheckConstraint("desde_version > 0", name="desde_version"),
        CheckConstraint(f"clase IN ({_CLASES})", name="clase"),
        CheckConstraint("char_length(titulo) >= 3", name="titulo"),
        CheckConstraint(
            "(recibido IS NULL) = (clase = 'dbc') AND recibido ~ '^[0-9a-f]{64}$'", name="recibido"
        ),
        Index("ix_feria_documento_archivo_id", "archivo_id"),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    numero: int = Field(sa_type=SmallInteger)
    version: int = Field(sa_type=SmallInteger)
    desde_version: int = Field(sa_type=SmallInteger)
    clase: str = Field(max_length=20)
    titulo: str = Field(max_length=200)
    archivo_id: UUID
    recibido: str | None = Field(default=None, max_length=64)
    subido_en: datetime = instante()
    subido_por: str = Field(max_length=200)
    mandato_id: UUID | None = None


@aplicacion("SELECT, INSERT, DELETE")
class DocumentoPedido(Tabla, table=True):
    """What who bids presents besides their bid. Once published, a process asks for what it asked.

    Without one that is not `subsanable` a bid is left out; another one may still be brought.
    """

    __tablename__ = "feria_documento_pedido"
    __table_args__ = (
        CheckConstraint(f"numero BETWEEN 1 AND {PEDIDOS_MAXIMOS}", name="numero"),
        CheckConstraint("char_length(nombre) >= 3", name="nombre"),
    )

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_convocatoria.id")
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    nombre: str = Field(max_length=200)
    subsanable: bool
