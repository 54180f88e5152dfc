"""Tables of refunds. What must always hold is enforced by migrations/versions/0011_empresas.py."""

from datetime import date, datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, Index, SmallInteger, String
from sqlmodel import Field, SQLModel

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.dinero import Centavos
from nucleo.privilegios import aplicacion
from pagos.libro.modelos import AHORA, INSTANTE


@aplicacion("SELECT")
class PlazoDeDevolucion(SQLModel, table=True):
    """For how many days a payment may be given back: the rule in force on the day it was paid."""

    __tablename__ = "pagos_plazo_devolucion"

    vigente_desde: date = Field(primary_key=True)
    dias: int = Field(sa_type=SmallInteger)
    norma: str = Field(sa_type=String(200))


@aplicacion("SELECT, INSERT, UPDATE (devuelto)")
class Devuelto(SQLModel, table=True):
    """How much of a payment went back, in centavos; its row is the lock of the payment's refunds."""

    __tablename__ = "pagos_devuelto"

    transferencia_id: UUID = Field(primary_key=True)
    monto: int = Field(sa_type=BigInteger)
    devuelto: int = Field(default=0, sa_type=BigInteger)


@aplicacion("SELECT, INSERT")
class Devolucion(SQLModel, table=True):
    """Money given back to who paid. Its id is the ledger transfer's."""

    model_config = {"arbitrary_types_allowed": True}  # Money
    __tablename__ = "pagos_devolucion"
    __table_args__ = (Index("ix_pagos_devolucion_transferencia", "transferencia_id", "creado_en", "id"),)

    id: UUID = Field(primary_key=True)
    transferencia_id: UUID = Field(foreign_key="pagos_devuelto.transferencia_id")
    monto: Money = Field(sa_type=Centavos)
    nota: str = Field(sa_type=String(200))
    persona_id: UUID | None = None
    unidad_id: UUID
    mandato_id: UUID | None = None
    creado_en: datetime = Field(default=None, sa_type=INSTANTE, sa_column_kwargs=AHORA)
