"""The table of what people keep."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante

FAVORITOS_MAXIMOS = 200


@aplicacion("SELECT, INSERT, DELETE")
class Favorito(Tabla, table=True):
    """A product that a person keeps, once; `precio` is what it cost then."""

    __tablename__: ClassVar[str] = "comercio_favorito"
    __table_args__ = (
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        CheckConstraint("precio > 0", name="precio"),
        Index(None, "producto_id"),
    )

    persona_id: UUID = Field(primary_key=True)
    producto_id: UUID = Field(primary_key=True)
    precio: Money = dinero()
    guardado_en: datetime = instante()
