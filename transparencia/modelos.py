"""Tables of transparency."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String
from sqlmodel import Field

from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante


@aplicacion("SELECT, INSERT, UPDATE (archivo_id, filas, desde, hasta, hecha_en, vista_en)")
class TablaPublicada(Tabla, table=True):
    """The file of a dataset that is one table, as it was last written.

    `desde` and `hasta` are the first and the last day that it is of. `hecha_en` is when it last changed,
    `vista_en` when it was last written to see whether it had.
    """

    __tablename__ = "transparencia_tabla"
    __table_args__ = (
        ForeignKeyConstraint(["archivo_id", "id"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"]),
        CheckConstraint("filas > 0", name="filas"),
        CheckConstraint("hasta >= desde", name="hasta"),
        CheckConstraint("vista_en >= hecha_en", name="vista"),
        Index("ix_transparencia_tabla_archivo_id", "archivo_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    conjunto: str = Field(sa_type=String(60), unique=True)
    archivo_id: UUID
    filas: int
    desde: date
    hasta: date
    hecha_en: datetime = instante()
    vista_en: datetime = instante()
