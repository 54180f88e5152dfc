"""Tables of the purchase orders."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint
from sqlmodel import Field

from feria_inversa.procesos.modelos import CANTIDAD
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, precio


@aplicacion("SELECT, INSERT")
class OrdenDeCompra(Tabla, table=True):
    """What an entity orders from one winning supplier of a call: the sum of its lines (trigger)."""

    __tablename__ = "feria_orden_de_compra"
    __table_args__ = (
        UniqueConstraint("id", "proveedor_id"),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint("plazo_dias BETWEEN 1 AND 1095", name="plazo_dias"),
        Index("ix_feria_orden_de_compra_convocatoria", "convocatoria_id", "numero"),
        Index("ix_feria_orden_de_compra_proveedor", "proveedor_id", "emitida_en", "id"),
    )

    id: UUID = Field(primary_key=True)
    numero: str = Field(max_length=30, unique=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    proveedor_id: UUID = Field(foreign_key="registro_unidad.id")
    total: Money = dinero()
    plazo_dias: int = Field(sa_type=SmallInteger)
    emitida_en: datetime = momento()
    emitida_por: str = Field(max_length=200)


@aplicacion("SELECT, INSERT")
class OrdenLinea(Tabla, table=True):
    """One awarded item of an order, as it is ordered. Nothing is ordered twice, nor without its award."""

    __tablename__ = "feria_orden_linea"
    __table_args__ = (
        UniqueConstraint("adjudicacion_id"),
        UniqueConstraint("orden_id", "numero"),
        ForeignKeyConstraint(
            ["orden_id", "proveedor_id"], ["feria_orden_de_compra.id", "feria_orden_de_compra.proveedor_id"]
        ),
        ForeignKeyConstraint(
            ["adjudicacion_id", "item_id", "proveedor_id"],
            ["feria_adjudicacion.id", "feria_adjudicacion.item_id", "feria_adjudicacion.proveedor_id"],
        ),
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint("cantidad > 0", name="cantidad"),
        CheckConstraint("precio_unitario > 0", name="precio_unitario"),
        CheckConstraint("total >= 0 AND abs(total - cantidad * precio_unitario * 100) <= 0.5", name="total"),
        CheckConstraint("plazo_dias BETWEEN 1 AND 1095", name="plazo_dias"),
    )

    id: UUID = Field(primary_key=True)
    orden_id: UUID
    proveedor_id: UUID
    adjudicacion_id: UUID
    item_id: UUID
    numero: int = Field(sa_type=SmallInteger)
    descripcion: str = Field(max_length=500)
    unspsc: str | None = Field(default=None, max_length=8)
    marca: str = Field(max_length=120)
    detalle: str = Field(default="", max_length=1000)
    cantidad: Decimal = Field(sa_type=CANTIDAD)
    unidad_medida: str = Field(max_length=20)
    precio_unitario: Money = precio()
    total: Money = dinero()
    plazo_dias: int = Field(sa_type=SmallInteger)
