"""Tables of payrolls. What must always hold is enforced by migrations/versions/0011_empresas.py."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, DateTime, Index, LargeBinary, SmallInteger, String, text
from sqlalchemy import UniqueConstraint as Unico
from sqlmodel import Field, SQLModel

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.dinero import Centavos
from nucleo.privilegios import aplicacion

INSTANTE = DateTime(timezone=True)


AHORA = {"server_default": text("nucleo_ahora()")}


@aplicacion("SELECT, INSERT, UPDATE")
class Planilla(SQLModel, table=True):
    """Many small payments of one unit: prepared by one person, approved by another, paid in one call."""

    model_config = {"arbitrary_types_allowed": True}  # Money
    __tablename__ = "pagos_planilla"
    __table_args__ = (
        Index("ix_pagos_planilla_unidad", "unidad_id", "creado_en", "id"),
        Index("ix_pagos_planilla_huella", "unidad_id", "huella"),
    )

    id: UUID = Field(primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    cuenta_id: int = Field(sa_type=BigInteger, foreign_key="pagos_cuenta.id")
    nombre: str = Field(sa_type=String(120))
    huella: bytes = Field(sa_type=LargeBinary)
    lineas: int = Field(sa_type=SmallInteger)
    total: Money = Field(sa_type=Centavos)
    diferencias: int = Field(sa_type=SmallInteger)
    estado: str = Field(default="preparada", sa_type=String(10))
    preparada_por: UUID
    preparada_nombre: str = Field(sa_type=String(200))
    creado_en: datetime = Field(default=None, sa_type=INSTANTE, sa_column_kwargs=AHORA)
    presentada_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    resuelta_por: UUID | None = None
    resuelta_nombre: str | None = Field(default=None, sa_type=String(200))
    mandato_id: UUID | None = None
    resuelta_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    motivo: str | None = Field(default=None, sa_type=String(300))
    pagadas: int = Field(default=0, sa_type=SmallInteger)
    pagado: Money = Field(sa_type=Centavos)


@aplicacion("SELECT, INSERT, UPDATE (resultado)")
class LineaDePlanilla(SQLModel, table=True):
    """One payment of a batch. Its id is the transfer's: executing twice pays once.

    `numero` is the line of the file; `nombre` what the file said, `registrado` who the document belongs to.
    `resultado` is `ok` or the ledger's named refusal.
    """

    model_config = {"arbitrary_types_allowed": True}  # Money
    __tablename__ = "pagos_planilla_linea"
    __table_args__ = (Unico("planilla_id", "numero"),)

    id: UUID = Field(primary_key=True)
    planilla_id: UUID = Field(foreign_key="pagos_planilla.id")
    numero: int = Field(sa_type=SmallInteger)
    documento: str = Field(sa_type=String(20))
    nombre: str = Field(sa_type=String(120))
    registrado: str = Field(sa_type=String(200))
    coincide: bool
    destino_tipo: str = Field(sa_type=String(8))
    destino_id: UUID
    monto: Money = Field(sa_type=Centavos)
    glosa: str = Field(sa_type=String(140))
    resultado: str | None = Field(default=None, sa_type=String(40))
