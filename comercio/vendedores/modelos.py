"""When a seller is away. What must always hold is a constraint here, not a hope in the code."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada

DIAS_MAXIMOS = 90


@aplicacion("SELECT, INSERT (id, vendedor_id, desde, hasta, terminadas_en), UPDATE (terminadas_en)")
class Vacaciones(Tabla, table=True):
    """From a day to a day, both in it, nobody can buy from the unit. They end by themselves, or before
    (`terminadas_en`). The database says since when they are noted: before, somebody could buy."""

    __tablename__: ClassVar[str] = "comercio_vacaciones"
    __table_args__ = (
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        CheckConstraint(f"hasta >= desde AND hasta - desde < {DIAS_MAXIMOS}", name="dias"),
        ExcludeConstraint(
            ("vendedor_id", "="),
            (text("daterange(desde, hasta, '[]')"), "&&"),
            using="gist",
            where=text("terminadas_en IS NULL"),
            name="ex_comercio_vacaciones_una_vez",
        ),
        Index(None, "vendedor_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    vendedor_id: UUID
    desde: date
    hasta: date
    terminadas_en: datetime | None = momento_o_nada()
    creado_en: datetime = instante()
