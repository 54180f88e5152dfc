"""Tables of what was published as open data."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero, instante, momento


@aplicacion("SELECT, INSERT")
class ActoPublico(Tabla, table=True):
    """That something public was done in a process: written by the act, told by a release of the same id."""

    __tablename__ = "feria_acto_publico"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "secuencia"),
        UniqueConstraint("release_id", "convocatoria_id", "secuencia"),
        CheckConstraint("secuencia > 0", name="secuencia"),
    )

    release_id: str = Field(max_length=80, primary_key=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    secuencia: int = Field(sa_type=SmallInteger)
    etiquetas: list[str] = Field(sa_type=JSONB)
    hecho_en: datetime = momento()


@aplicacion("SELECT, INSERT")
class ReleaseOcds(Tabla, table=True):
    """An OCDS release exactly as it was published: text, so that no number or key order can change later.

    `transaccion` is that which wrote it (a trigger says so): with `numero`, the order of the list of all.
    """

    __tablename__ = "feria_ocds_release"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "secuencia"),
        ForeignKeyConstraint(
            ["release_id", "convocatoria_id", "secuencia"],
            [
                "feria_acto_publico.release_id",
                "feria_acto_publico.convocatoria_id",
                "feria_acto_publico.secuencia",
            ],
        ),
        CheckConstraint("secuencia > 0", name="secuencia"),
        Index("ix_feria_ocds_release_ocid", "ocid", "secuencia"),
        Index("ix_feria_ocds_release_transaccion", "transaccion", "numero"),
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
    transaccion: int = entero(default=0)


@aplicacion("SELECT, INSERT, UPDATE (secuencia, contenido)")
class CompiladoOcds(Tabla, table=True):
    """The releases of a process merged, up to the one of `secuencia`: its last (a trigger says so)."""

    __tablename__ = "feria_ocds_compilado"
    __table_args__ = (
        ForeignKeyConstraint(
            ["convocatoria_id", "secuencia"],
            ["feria_ocds_release.convocatoria_id", "feria_ocds_release.secuencia"],
        ),
    )

    convocatoria_id: UUID = Field(primary_key=True)
    secuencia: int = Field(sa_type=SmallInteger)
    contenido: str = Field(sa_type=Text)


@aplicacion(
    "SELECT, INSERT, UPDATE (procesos, publicaciones, desde, hasta, releases_id, compilados_id, tablas_id,"
    " hecho_en)"
)
class MesOcds(Tabla, table=True):
    """The files of the processes that were published in a month, of an entity or of all: there are all three
    of them, of the same instant, or none.

    `procesos` and `publicaciones` are how many are in them: both only grow, so they tell when the files are
    behind. `desde` and `hasta` are the dates of the first and the last release.
    """

    __tablename__ = "feria_ocds_mes"
    __table_args__ = (
        UniqueConstraint(
            "mes", "unidad_id", name="uq_feria_ocds_mes_mes", postgresql_nulls_not_distinct=True
        ),
        ForeignKeyConstraint(["unidad_id"], ["registro_unidad.id"]),
        *(
            ForeignKeyConstraint([f"{cual}_id", "id"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"])
            for cual in ("releases", "compilados", "tablas")
        ),
        CheckConstraint("extract(day FROM mes) = 1", name="mes"),
        CheckConstraint("procesos > 0 AND publicaciones >= procesos", name="cuentas"),
        CheckConstraint("hasta >= desde", name="hasta"),
        Index("ix_feria_ocds_mes_unidad_id", "unidad_id", "mes"),
        *(
            Index(f"ix_feria_ocds_mes_{cual}_id", f"{cual}_id")
            for cual in ("releases", "compilados", "tablas")
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    mes: date
    unidad_id: UUID | None = None
    procesos: int
    publicaciones: int
    desde: datetime = momento()
    hasta: datetime = momento()
    releases_id: UUID
    compilados_id: UUID
    tablas_id: UUID
    hecho_en: datetime = instante()
