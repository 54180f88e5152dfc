"""Tables of the prices of what is alike. All their rows are worked out of `feria_mercado_item`."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Identity, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from feria_inversa.precios import CANTIDAD
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, precio


class Que(StrEnum):
    ADJUDICADO = "adjudicado"
    REFERENCIAL = "referencial"


@aplicacion("SELECT, INSERT, DELETE")
class Racimo(Tabla, table=True):
    """What is alike: the same words and the same unit with the same content (`feria_racimo`, its `id`). Its
    name is the writing that most items have; `precios`, how many were awarded."""

    __tablename__: ClassVar[str] = "feria_mercado_racimo"
    __table_args__ = (
        CheckConstraint("precios >= 0", name="precios"),
        Index("ix_feria_mercado_racimo_precios", "precios", "id"),
        Index("ix_feria_mercado_racimo_palabras", "palabras", postgresql_using="gin"),
    )

    id: UUID = Field(primary_key=True)
    nombre: str = Field(max_length=300)
    unidad: str = Field(max_length=30)
    contenido: Decimal | None = Field(default=None, sa_type=CANTIDAD)
    contenido_unidad: str | None = Field(default=None, max_length=30)
    palabras: list[str] = Field(sa_type=ARRAY(Text))
    precios: int
    calculado_en: datetime = instante()


def _precio() -> Money | None:
    return precio(default=None, nullable=True)  # type: ignore[no-any-return]


@aplicacion("SELECT, INSERT, DELETE")
class PrecioDeRacimo(Tabla, table=True):
    """How the prices of a cluster lie, those awarded and those of reference. The same price in a process is
    one. Left out are lines whose price times quantity is not their total (`distintos`) and those that say
    none (`sin_precio`)."""

    __tablename__: ClassVar[str] = "feria_mercado_precio"
    __table_args__ = (
        ForeignKeyConstraint(["racimo_id"], ["feria_mercado_racimo.id"], ondelete="CASCADE"),
        CheckConstraint(f"que IN ({valores(Que)})", name="que"),
        CheckConstraint(
            "least(precios - procesos, procesos - entidades, distintos, sin_precio) >= 0"
            " AND num_nonnulls(desde, hasta, minimo, cuartil_1, mediana, cuartil_3, maximo)"
            " = CASE WHEN precios > 0 THEN 7 ELSE 0 END"
            " AND (minimo IS NULL OR 0 < minimo AND minimo <= cuartil_1 AND cuartil_1 <= mediana"
            " AND mediana <= cuartil_3 AND cuartil_3 <= maximo AND desde <= hasta)",
            name="precios",
        ),
    )

    racimo_id: UUID = Field(primary_key=True)
    que: str = Field(primary_key=True, max_length=11)
    precios: int
    procesos: int
    entidades: int
    desde: date | None = None
    hasta: date | None = None
    minimo: Money | None = _precio()
    cuartil_1: Money | None = _precio()
    mediana: Money | None = _precio()
    cuartil_3: Money | None = _precio()
    maximo: Money | None = _precio()
    distintos: int
    sin_precio: int


@aplicacion("SELECT, INSERT, DELETE")
class RacimoTocado(Tabla, table=True):
    """That something changed in a cluster (triggers note it), until it is worked out again."""

    __tablename__: ClassVar[str] = "feria_mercado_racimo_tocado"

    id: int | None = Field(
        default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),)
    )
    racimo_id: UUID
