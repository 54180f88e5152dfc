"""Tables of the ledger. Accounts and transfers are written by the SQL functions of
the revisions (`migrations/sql/`), never here."""

from datetime import date, datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    Identity,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada, suma

ABIERTA = text("estado = 'abierta'")


@aplicacion("SELECT")
class Cuenta(Tabla, table=True):
    """An account: four totals from which its balances derive, and its use of the limits."""

    __tablename__ = "pagos_cuenta"
    __table_args__ = (UniqueConstraint("titular_id", "tipo", "moneda", "titular_tipo"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=(Identity(),))
    titular_id: UUID
    creada_en: datetime = instante()
    titular_tipo: str = Field(sa_type=String(8))
    tipo: str = Field(sa_type=String(12))
    moneda: str = Field(default="BOB", sa_type=String(3))
    nivel: int = Field(default=0, sa_type=SmallInteger)
    debitos_no_exceden_creditos: bool = True
    creditos_no_exceden_debitos: bool = False
    cerrada: bool = False
    congelada: bool = False
    debitos_contabilizados: Money = suma()
    creditos_contabilizados: Money = suma()
    debitos_pendientes: Money = suma()
    creditos_pendientes: Money = suma()
    ultima_en: datetime = momento()
    salida_dia: Money = suma()
    entrada_dia: Money = suma()
    salida_mes: Money = suma()
    entrada_mes: Money = suma()
    salidas_dia: int = 0
    entradas_dia: int = 0
    salidas_mes: int = 0
    entradas_mes: int = 0
    uso_dia: date
    asunto: str | None = Field(default=None, sa_type=String(20))  # class of the matter that owns it


@aplicacion("SELECT")
class Transferencia(Tabla, table=True):
    """An immutable entry: one debit, one credit, and the balances of both accounts just after it."""

    __tablename__ = "pagos_transferencia"
    __table_args__ = (
        Index("ix_pagos_transferencia_debito", "debito", "numero"),
        Index("ix_pagos_transferencia_credito", "credito", "numero"),
        Index(
            "ix_pagos_transferencia_numero",
            "numero",
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32},
        ),
        Index(
            "ix_pagos_transferencia_creada_en",
            "creada_en",
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32, "autosummarize": "on"},
        ),
        Index(
            "ix_pagos_transferencia_referencia",
            "referencia",
            postgresql_where=text("referencia IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    numero: int = Field(sa_type=BigInteger, sa_column_args=(Identity(always=True),))
    debito: int = entero()
    credito: int = entero()
    monto: Money = dinero()
    saldo_debito: Money = dinero()
    saldo_credito: Money = dinero()
    creada_en: datetime = momento()
    codigo: int = Field(sa_type=SmallInteger)
    tipo: int = Field(sa_type=SmallInteger)
    quien: UUID | None = None
    por_unidad: UUID | None = None
    mandato: UUID | None = None
    referencia: UUID | None = None
    pendiente_id: UUID | None = None
    mandato_propio: UUID | None = None  # through an office, the person's own in it


@aplicacion("SELECT")
class Pendiente(Tabla, table=True):
    """The life of a pending transfer: abierta, then once and for ever confirmada, anulada or vencida."""

    __tablename__ = "pagos_pendiente"
    __table_args__ = (
        UniqueConstraint("resuelta_por"),
        Index("ix_pagos_pendiente_vence_en", "vence_en", postgresql_where=ABIERTA),
        Index("ix_pagos_pendiente_debito", "debito", "creada_en", postgresql_where=ABIERTA),
        Index("ix_pagos_pendiente_credito", "credito", "creada_en", postgresql_where=ABIERTA),
    )

    id: UUID = Field(primary_key=True)
    debito: int = entero()
    credito: int = entero()
    monto: Money = dinero()
    codigo: int = Field(sa_type=SmallInteger)
    creada_en: datetime = momento()
    vence_en: datetime | None = momento_o_nada()
    plazo_s: int | None = None
    estado: str = Field(default="abierta", sa_type=String(10))
    monto_confirmado: Money = suma()
    resuelta_por: UUID | None = None
    resuelta_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT")
class Limite(Tabla, table=True):
    """A dated limit of a level (of identity, or a class of unit) in one direction; null is no such limit."""

    __tablename__ = "pagos_limite"
    __table_args__ = (UniqueConstraint("nivel", "direccion", "vigente_desde"),)

    id: UUID = Field(primary_key=True)
    nivel: int = Field(sa_type=SmallInteger)
    direccion: str = Field(sa_type=String(7))
    por_transaccion: Money | None = dinero(default=None)
    por_dia: Money | None = dinero(default=None)
    por_mes: Money | None = dinero(default=None)
    cantidad_dia: int | None = None
    cantidad_mes: int | None = None
    cantidad_rapida: int | None = None
    ventana_min: int | None = Field(default=None, sa_type=SmallInteger)
    vigente_desde: datetime = momento()
    norma: str = Field(sa_type=Text)
    confirmado: bool = False  # whether its values were compared with the text of the norm


@aplicacion("SELECT, INSERT")
class ReglaDeComision(Tabla, table=True):
    """What an operation pays from a date on: fixed part, basis points, floor, cap, tax contained, norm."""

    __tablename__ = "pagos_comision"
    __table_args__ = (UniqueConstraint("operacion", "vigente_desde"),)

    id: UUID = Field(primary_key=True)
    operacion: str = Field(sa_type=String(8))
    tasa_pb: int
    fijo: Money = dinero()
    minimo: Money = dinero()
    maximo: Money | None = dinero(default=None)
    impuesto_pb: int
    vigente_desde: datetime = momento()
    norma: str = Field(sa_type=String(300))


@aplicacion("SELECT, INSERT, UPDATE (en_uso)")
class Alias(Tabla, table=True):
    """A short name of a person; once theirs, never another's. `en_uso`: they are paid under it now."""

    __tablename__ = "pagos_alias"
    __table_args__ = (
        Index("uq_pagos_alias_en_uso", "persona_id", unique=True, postgresql_where=text("en_uso")),
    )

    alias: str = Field(primary_key=True, sa_type=String(20))
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    en_uso: bool
    creado_en: datetime = instante()


ABIERTO = text("levantado_en IS NULL")


@aplicacion("SELECT")
class Congelamiento(Tabla, table=True):
    """A reason for an account to be frozen, open until it is lifted by who may lift it."""

    __tablename__ = "pagos_congelamiento"
    __table_args__ = (
        Index("uq_pagos_congelamiento_abierto", "cuenta_id", "origen", unique=True, postgresql_where=ABIERTO),
        Index("ix_pagos_congelamiento_cuenta", "cuenta_id", "congelado_en"),
        Index("ix_pagos_congelamiento_abiertos", "congelado_en", "id", postgresql_where=ABIERTO),
    )

    id: UUID = Field(primary_key=True)
    cuenta_id: int = entero(foreign_key="pagos_cuenta.id")
    origen: str = Field(sa_type=String(10))
    motivo: str = Field(sa_type=String(300))
    congelado_en: datetime = instante()
    congelado_por: UUID | None = None
    levantado_en: datetime | None = momento_o_nada()
    levantado_por: UUID | None = None
    motivo_levantado: str | None = Field(default=None, sa_type=String(300))
