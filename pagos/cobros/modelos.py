"""Tables of charges. What must always hold is enforced by migrations/versions/0009_cobros.py."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import Index, LargeBinary, Numeric, SmallInteger, String, text
from sqlalchemy import UniqueConstraint as Unico
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada, precio
from pagos.cobros.estados import EstadoOrden
from pagos.cobros.formula import Formula

ABIERTA = text("estado IN ('pendiente', 'pagada_parcial')")
JSON_O_NADA = JSONB(none_as_null=True)


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class Concepto(Tabla, table=True):
    """What a unit charges for: a fixed amount or a formula, by a norm, between two dates (both included).

    Several rows of one code are its versions; their dates never overlap.
    """

    __tablename__ = "pagos_concepto"
    __table_args__ = (Index("ix_pagos_concepto_codigo", "unidad_id", "codigo", "vigente_desde"),)

    id: UUID = Field(primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    codigo: str = Field(sa_type=String(20))
    nombre: str = Field(sa_type=String(120))
    descripcion: str = Field(default="", sa_type=String(1000))
    norma: str = Field(sa_type=String(200))
    codigo_sin: str | None = Field(default=None, sa_type=String(12))
    monto: Money | None = dinero(default=None)
    formula: dict[str, Any] | None = Field(default=None, sa_type=JSON_O_NADA)
    vigente_desde: date
    vigente_hasta: date | None = None
    version: int = 1
    creado_en: datetime = instante()

    @property
    def como_formula(self) -> Formula | None:
        return None if self.formula is None else Formula.model_validate(self.formula)

    def rige(self, dia: date) -> bool:
        return self.vigente_desde <= dia and (self.vigente_hasta is None or dia <= self.vigente_hasta)


@aplicacion("SELECT, INSERT, UPDATE")
class Orden(Tabla, table=True):
    """An orden de cobro: what somebody owes to a unit, payable by its code until just before `vence_en`."""

    __tablename__ = "pagos_orden"
    __table_args__ = (
        Unico("unidad_id", "referencia"),
        Index("ix_pagos_orden_unidad", "unidad_id", "creado_en", "id"),
        Index("ix_pagos_orden_estado", "unidad_id", "estado", "creado_en", "id"),
        Index("ix_pagos_orden_vence_en", "vence_en", postgresql_where=ABIERTA),
        Index("ix_pagos_orden_pagador", "pagador_documento", "pagador_tipo", "creado_en", "id"),
        Index("ix_pagos_orden_concepto_id", "concepto_id"),
    )

    id: UUID = Field(primary_key=True)
    cpt: str = Field(sa_type=String(12), unique=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    concepto_id: UUID | None = Field(default=None, foreign_key="pagos_concepto.id")
    detalle: str = Field(sa_type=String(200))
    pagador_tipo: str | None = Field(default=None, sa_type=String(3))
    pagador_documento: str | None = Field(default=None, sa_type=String(16))
    pagador_nombre: str | None = Field(default=None, sa_type=String(120))
    factura_razon_social: str | None = Field(default=None, sa_type=String(120))
    factura_nit: str | None = Field(default=None, sa_type=String(13))
    factura_correo: str | None = Field(default=None, sa_type=String(120))
    calculo: dict[str, Any] | None = Field(default=None, sa_type=JSON_O_NADA)
    monto: Money = dinero()
    pagado: Money = dinero()
    parcial: bool = False
    minimo: Money | None = dinero(default=None)
    vence_en: datetime = momento()
    estado: str = Field(default=EstadoOrden.PENDIENTE.value, sa_type=String(14))
    referencia: str | None = Field(default=None, sa_type=String(60))
    huella: bytes = Field(sa_type=LargeBinary)
    emitida_por: str = Field(sa_type=String(120))
    emitida_nombre: str = Field(sa_type=String(200))
    version: int = 1
    creado_en: datetime = instante()
    terminada_en: datetime | None = momento_o_nada()
    motivo_anulacion: str | None = Field(default=None, sa_type=String(200))

    @property
    def saldo(self) -> Money:
        """What is left to pay."""
        return self.monto - self.pagado

    @property
    def minimo_ahora(self) -> Money:
        """The least that can be paid now: everything, unless partial payments are allowed."""
        if not self.parcial:
            return self.saldo
        assert self.minimo is not None
        return min(self.minimo, self.saldo)


@aplicacion("SELECT, INSERT")
class LineaDeOrden(Tabla, table=True):
    """A frozen line of an order: description, quantity, unit price. They add up to its amount."""

    __tablename__ = "pagos_orden_linea"

    orden_id: UUID = Field(primary_key=True, foreign_key="pagos_orden.id")
    posicion: int = Field(primary_key=True, sa_type=SmallInteger)
    descripcion: str = Field(sa_type=String(200))
    cantidad: Decimal = Field(sa_type=Numeric(14, 4))
    precio: Money = precio()
    subtotal: Money = dinero()
    codigo_sin: str | None = Field(default=None, sa_type=String(12))


@aplicacion("SELECT, INSERT")
class Pago(Tabla, table=True):
    """A payment of an order. Its id is the client's: the same one again is the same payment.

    `cuenta_origen` is the ledger account that paid; none for a card.
    """

    __tablename__ = "pagos_pago"
    __table_args__ = (
        Index("ix_pagos_pago_orden_id", "orden_id", "pagado_en", "id"),
        Index("ix_pagos_pago_persona", "persona_id", "pagado_en", "id"),
        Index("ix_pagos_pago_destino", "cuenta_destino", "pagado_en", "id"),
    )

    id: UUID = Field(primary_key=True)
    orden_id: UUID = Field(foreign_key="pagos_orden.id")
    monto: Money = dinero()
    medio: str = Field(default="billetera", sa_type=String(9))
    cuenta_origen: int | None = entero(default=None)
    cuenta_destino: int = entero()
    transferencia_id: UUID = Field(unique=True)
    persona_id: UUID | None = None
    unidad_id: UUID | None = None
    pagado_en: datetime = instante()
