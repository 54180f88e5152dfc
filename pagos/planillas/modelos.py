"""Tables of payrolls. What must always hold is enforced by migrations/versions/0011_empresas.py."""

from datetime import datetime
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import Index, LargeBinary, SmallInteger, String
from sqlalchemy import UniqueConstraint as Unico
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE")
class Planilla(Tabla, table=True):
    """Many small payments of one unit: prepared by one person, signed by others, paid in one call."""

    __tablename__ = "pagos_planilla"
    __table_args__ = (
        Index("ix_pagos_planilla_unidad", "unidad_id", "creado_en", "id"),
        Index("ix_pagos_planilla_huella", "unidad_id", "huella"),
        Index("ix_pagos_planilla_acto_id", "acto_id"),
    )

    id: UUID = Field(primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    cuenta_id: int = entero(foreign_key="pagos_cuenta.id")
    nombre: str = Field(sa_type=String(120))
    huella: bytes = Field(sa_type=LargeBinary)
    lineas: int = Field(sa_type=SmallInteger)
    total: Money = dinero()
    diferencias: int = Field(sa_type=SmallInteger)
    # How the file was read; None of a batch from before that was kept.
    dialecto: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    estado: str = Field(default="preparada", sa_type=String(10))
    preparada_por: UUID
    preparada_nombre: str = Field(sa_type=String(200))
    creado_en: datetime = instante()
    presentada_en: datetime | None = momento_o_nada()
    resuelta_por: UUID | None = None
    resuelta_nombre: str | None = Field(default=None, sa_type=String(200))
    mandato_id: UUID | None = None
    acto_id: UUID | None = Field(default=None, foreign_key="registro_acto.id")
    resuelta_en: datetime | None = momento_o_nada()
    motivo: str | None = Field(default=None, sa_type=String(300))
    pagadas: int = Field(default=0, sa_type=SmallInteger)
    pagado: Money = dinero()


@aplicacion("SELECT, INSERT, UPDATE (resultado)")
class LineaDePlanilla(Tabla, table=True):
    """One payment of a batch. Its id is the transfer's: executing twice pays once.

    `numero` is the line of the file; `nombre` what the file said, `registrado` who the document belongs to.
    `resultado` is `ok` or the ledger's named refusal.
    """

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
    monto: Money = dinero()
    glosa: str = Field(sa_type=String(140))
    resultado: str | None = Field(default=None, sa_type=String(40))

    @property
    def de_quien(self) -> str | None:
        """Who the document belongs to, for who knew it already: a unit, or the name that the file wrote.

        A payroll is no directory of the names behind identity cards.
        """
        return self.registrado if self.coincide or self.destino_tipo == "unidad" else None
