"""Tables of withdrawals. What must always hold is enforced by migrations/versions/0011_empresas.py."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import Index, LargeBinary, String, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento_o_nada

ABIERTO = text("estado IN ('pedido', 'en_lote')")


@aplicacion("SELECT")
class Banco(Tabla, table=True):
    """Where withdrawals may go."""

    __tablename__ = "pagos_banco"

    codigo: str = Field(primary_key=True, sa_type=String(12))
    nombre: str = Field(sa_type=String(80))
    activo: bool = True


@aplicacion("SELECT, INSERT")
class LoteDeRetiros(Tabla, table=True):
    """Withdrawals sent to the bank together: the pain.001 file, byte for byte as it was handed over."""

    __tablename__ = "pagos_lote_retiro"

    id: UUID = Field(primary_key=True)
    cantidad: int
    total: Money = dinero()
    creado_por: UUID
    creado_en: datetime = instante()
    contenido: bytes = Field(sa_type=LargeBinary)


@aplicacion("SELECT, INSERT, UPDATE")
class Retiro(Tabla, table=True):
    """Money on its way to a bank account, held in the ledger until the bank says it arrived or not.

    `extremo` is the end-to-end id that the bank repeats in its statement.
    """

    __tablename__ = "pagos_retiro"
    __table_args__ = (
        Index("ix_pagos_retiro_cuenta", "cuenta_id", "creado_en", "id"),
        Index("ix_pagos_retiro_abierto", "creado_en", "id", postgresql_where=ABIERTO),
        Index("ix_pagos_retiro_lote_id", "lote_id"),
    )

    id: UUID = Field(primary_key=True)
    extremo: str = Field(sa_type=String(35), unique=True)
    cuenta_id: int = entero(foreign_key="pagos_cuenta.id")
    monto: Money = dinero()
    comision: Money = dinero()
    comision_id: UUID = Field(foreign_key="pagos_comision.id")
    banco: str = Field(sa_type=String(12), foreign_key="pagos_banco.codigo")
    numero_cuenta: str = Field(sa_type=String(20))
    titular: str = Field(sa_type=String(70))
    persona_id: UUID
    unidad_id: UUID | None = None
    creado_en: datetime = instante()
    estado: str = Field(default="pedido", sa_type=String(10))
    lote_id: UUID | None = Field(default=None, foreign_key="pagos_lote_retiro.id")
    motivo: str | None = Field(default=None, sa_type=String(200))
    terminado_en: datetime | None = momento_o_nada()
