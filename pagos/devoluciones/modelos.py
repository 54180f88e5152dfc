"""Tables of refunds. What must always hold is enforced by migrations/versions/0011_empresas.py."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import Index, String
from sqlmodel import Field

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, suma


@aplicacion("SELECT, INSERT, UPDATE (devuelto)")
class Devuelto(Tabla, table=True):
    """How much of a payment went back, in centavos; its row is the lock of the payment's refunds."""

    __tablename__ = "pagos_devuelto"

    transferencia_id: UUID = Field(primary_key=True)
    monto: Money = dinero()
    devuelto: Money = suma()


@aplicacion("SELECT, INSERT")
class Devolucion(Tabla, table=True):
    """Money given back to who paid. Its id is the ledger transfer's."""

    __tablename__ = "pagos_devolucion"
    __table_args__ = (Index("ix_pagos_devolucion_transferencia", "transferencia_id", "creado_en", "id"),)

    id: UUID = Field(primary_key=True)
    transferencia_id: UUID = Field(foreign_key="pagos_devuelto.transferencia_id")
    monto: Money = dinero()
    nota: str = Field(sa_type=String(200))
    persona_id: UUID | None = None
    unidad_id: UUID
    mandato_id: UUID | None = None
    creado_en: datetime = instante()
