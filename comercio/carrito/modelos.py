"""Tables of the cart. What must always hold is a constraint here, not a hope in the code."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from comercio.catalogo import Cantidad
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante

CANTIDAD_MAXIMA = 999
LINEAS_MAXIMAS = 100


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class Carrito(Tabla, table=True):
    """Of a person, or of whoever holds the token in their cookie (only its SHA-256 is kept). `cupon`: the
    code that they typed, judged each time the cart is looked at. `por_pagar_id`: the purchase of the
    person that waits for its money, one at most."""

    __tablename__: ClassVar[str] = "comercio_carrito"
    __table_args__ = (
        UniqueConstraint("persona_id"),
        UniqueConstraint("ficha_sha256"),
        UniqueConstraint("por_pagar_id"),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["por_pagar_id"], ["comercio_compra.id"]),
        CheckConstraint("por_pagar_id IS NULL OR persona_id IS NOT NULL", name="por_pagar"),
        CheckConstraint("(persona_id IS NULL) <> (ficha_sha256 IS NULL)", name="un_titular"),
        Index(None, "actualizado_en", postgresql_where=text("persona_id IS NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    persona_id: UUID | None = None
    ficha_sha256: bytes | None = Field(default=None, sa_type=LargeBinary)
    cupon: str | None = Field(default=None, max_length=20)
    por_pagar_id: UUID | None = None
    creado_en: datetime = instante()
    actualizado_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class CarritoLinea(Tabla, table=True):
    """One line per variant: adding again sums. `precio_visto` is the price when it was put in."""

    __tablename__: ClassVar[str] = "comercio_carrito_linea"
    __table_args__ = (
        ForeignKeyConstraint(["carrito_id"], ["comercio_carrito.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["variante_id"], ["comercio_variante.id"]),
        CheckConstraint(f"cantidad > 0 AND cantidad <= {CANTIDAD_MAXIMA}", name="cantidad"),
        Index(None, "variante_id"),
    )

    carrito_id: UUID = Field(primary_key=True)
    variante_id: UUID = Field(primary_key=True)
    cantidad: Decimal = Field(sa_type=Cantidad)
    precio_visto: Money = dinero()
    agregado_en: datetime = instante()
