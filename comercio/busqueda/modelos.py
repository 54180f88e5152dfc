"""Tables of the search. The document of a product is a column of its own table, kept by a trigger."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento_o_nada


@aplicacion("SELECT, INSERT")
class Vocablo(Tabla, table=True):
    """Every word of a published title, without accents: what a mistyped word may have meant."""

    __tablename__: ClassVar[str] = "comercio_vocablo"
    __table_args__ = (
        Index(None, "palabra", postgresql_using="gin", postgresql_ops={"palabra": "gin_trgm_ops"}),
        Index(None, "raiz"),
        Index(None, "sonido", postgresql_ops={"sonido": "text_pattern_ops"}),
    )

    palabra: str = Field(primary_key=True, max_length=120)
    raiz: str = Field(
        sa_column=Column(Text, Computed("comercio_raiz(palabra)", persisted=True), nullable=False)
    )
    sonido: str = Field(
        sa_column=Column(Text, Computed("comercio_sonido(palabra)", persisted=True), nullable=False)
    )


@aplicacion("SELECT")
class Sinonimo(Tabla, table=True):
    """What people say and what is written on the shelf: regional words, Quechua, Aymara. Folded, in words."""

    __tablename__: ClassVar[str] = "comercio_sinonimo"
    __table_args__ = (
        Index(None, "sonido"),
        CheckConstraint(
            "dicho <> equivale AND dicho = array_to_string(comercio_palabras(dicho), ' ')"
            " AND equivale = array_to_string(comercio_palabras(equivale), ' ')",
            name="en_palabras",
        ),
    )

    dicho: str = Field(sa_type=Text, primary_key=True)
    equivale: str = Field(sa_type=Text, primary_key=True)
    sonido: str = Field(
        sa_column=Column(Text, Computed("comercio_sonido(dicho)", persisted=True), nullable=False)
    )


@aplicacion("SELECT, UPDATE (emparejada_en)")
class Novedad(Tabla, table=True):
    """Of a product on sale: its price fell («bajo») or it can be had again («hay»). Written by a trigger; one
    of a kind, a price and a day of La Paz.
    """

    __tablename__: ClassVar[str] = "comercio_novedad"
    __table_args__ = (
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        UniqueConstraint("producto_id", "que", "precio", "dia"),
        CheckConstraint("que IN ('bajo', 'hay')", name="que"),
        Index(None, "ocurrio_en", "id", postgresql_where=text("emparejada_en IS NULL")),
    )

    id: UUID = Field(primary_key=True)
    producto_id: UUID
    que: str = Field(max_length=10)
    precio: Money = dinero()
    dia: date
    ocurrio_en: datetime = instante()
    emparejada_en: datetime | None = momento_o_nada()


tabla_novedad = SQLModel.metadata.tables["comercio_novedad"]


@aplicacion("SELECT, INSERT, UPDATE (veces), DELETE")
class BusquedaVacia(Tabla, table=True):
    """Words that found nothing in the shop, by day of La Paz."""

    __tablename__: ClassVar[str] = "comercio_busqueda_vacia"
    __table_args__ = (CheckConstraint("veces > 0", name="veces"),)

    dia: date = Field(primary_key=True)
    palabras: str = Field(primary_key=True, max_length=80)
    veces: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
