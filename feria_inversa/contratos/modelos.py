"""Table of the purchase orders."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento


@aplicacion("SELECT, INSERT")
class OrdenDeCompra(Tabla, table=True):
    """What an entity orders from one winning supplier of a call."""

    __tablename__ = "feria_orden_de_compra"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "proveedor_id"),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint("plazo_dias BETWEEN 1 AND 1095", name="plazo_dias"),
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
