"""Tables of the card gateway. What must always hold is enforced by migrations/versions/0008_pasarela.py."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, DateTime, Identity, Index, LargeBinary, SmallInteger, String, text
from sqlmodel import Field, SQLModel

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.dinero import Centavos
from nucleo.privilegios import aplicacion

INSTANTE = DateTime(timezone=True)
AHORA = {"server_default": text("nucleo_ahora()")}
POR_CONSULTAR = text("consultar_en IS NOT NULL")


@aplicacion("SELECT, INSERT, UPDATE")
class Intento(SQLModel, table=True):
    """An intento de pago: one payment by card, from what was asked to how it ended.

    `reserva_id` is the ledger's hold of its credit. `consultar_en` is when the sweep looks at it again; only
    what is over has none.
    """

    model_config = {"arbitrary_types_allowed": True}  # Money
    __tablename__ = "pagos_intento"
    __table_args__ = (
        Index("ix_pagos_intento_consultar_en", "consultar_en", postgresql_where=POR_CONSULTAR),
        Index("ix_pagos_intento_persona", "persona_id", "creado_en", "id"),
        Index("ix_pagos_intento_destino", "destino", "creado_en", "id"),
        Index(
            "ix_pagos_intento_referencia",
            "referencia_id",
            postgresql_where=text("referencia_id IS NOT NULL"),
        ),
        Index("ix_pagos_intento_observado", "terminado_en", postgresql_where=text("estado = 'observado'")),
    )

    id: UUID = Field(primary_key=True)
    proposito: str = Field(sa_type=String(10))
    referencia_id: UUID | None = None
    destino: int = Field(sa_type=BigInteger)
    monto: Money = Field(sa_type=Centavos)
    moneda: str = Field(default="BOB", sa_type=String(3), sa_column_kwargs={"server_default": "BOB"})
    codigo: int = Field(sa_type=SmallInteger)
    modalidad: str = Field(sa_type=String(8))
    metodo: str | None = Field(default=None, sa_type=String(64))
    descripcion: str = Field(sa_type=String(200))
    persona_id: UUID
    unidad_id: UUID | None = None
    reserva_id: UUID = Field(unique=True)
    creado_en: datetime = Field(default=None, sa_type=INSTANTE, sa_column_kwargs=AHORA)
    vence_en: datetime = Field(sa_type=INSTANTE)
    estado: str = Field(default="creado", sa_type=String(16))
    motivo: str | None = Field(default=None, sa_type=String(60))
    pasarela_id: str | None = Field(default=None, sa_type=String(80), unique=True)
    sesion_id: str | None = Field(default=None, sa_type=String(80), unique=True)
    accion_url: str | None = Field(default=None, sa_type=String(5000))
    recibido: int | None = Field(default=None, sa_type=BigInteger)
    recibido_moneda: str | None = Field(default=None, sa_type=String(3))
    enviado_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    envios: int = Field(default=0, sa_type=SmallInteger)
    consultas: int = 0
    consultar_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    consultado_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    cancelar: bool = False
    terminado_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    transferencia_id: UUID | None = Field(default=None, unique=True)


@aplicacion("SELECT")
class PasoDeIntento(SQLModel, table=True):
    """One line of an intent's history, written by a trigger at each change of state."""

    __tablename__ = "pagos_intento_paso"
    __table_args__ = (Index("ix_pagos_intento_paso_intento_id", "intento_id", "numero"),)

    numero: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger, sa_column_args=(Identity(always=True),)
    )
    intento_id: UUID = Field(foreign_key="pagos_intento.id")
    estado: str = Field(sa_type=String(16))
    motivo: str | None = Field(default=None, sa_type=String(60))
    ocurrido_en: datetime = Field(sa_type=INSTANTE)


@aplicacion("SELECT, INSERT, UPDATE")
class Reembolso(SQLModel, table=True):
    """Money going back to the card. `reserva_id` is the ledger's hold; none for an observed payment, which
    was never credited."""

    model_config = {"arbitrary_types_allowed": True}  # Money
    __tablename__ = "pagos_reembolso"
    __table_args__ = (
        Index("ix_pagos_reembolso_consultar_en", "consultar_en", postgresql_where=POR_CONSULTAR),
        Index("ix_pagos_reembolso_intento_id", "intento_id", "creado_en"),
    )

    id: UUID = Field(primary_key=True)
    intento_id: UUID = Field(foreign_key="pagos_intento.id")
    monto: Money = Field(sa_type=Centavos)
    nota: str = Field(sa_type=String(200))
    persona_id: UUID
    unidad_id: UUID | None = None
    reserva_id: UUID | None = Field(default=None, unique=True)
    creado_en: datetime = Field(default=None, sa_type=INSTANTE, sa_column_kwargs=AHORA)
    estado: str = Field(default="creado", sa_type=String(12))
    motivo: str | None = Field(default=None, sa_type=String(60))
    pasarela_id: str | None = Field(default=None, sa_type=String(80), unique=True)
    enviado_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    envios: int = Field(default=0, sa_type=SmallInteger)
    consultas: int = 0
    consultar_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    terminado_en: datetime | None = Field(default=None, sa_type=INSTANTE)


@aplicacion("SELECT, INSERT, UPDATE")
class Disputa(SQLModel, table=True):
    """A cardholder's claim. Centavos: `retenido` is held in the ledger, `cobrado` already taken; what is
    missing of `monto` is the shortfall."""

    __tablename__ = "pagos_disputa"
    __table_args__ = (
        Index("ix_pagos_disputa_intento_id", "intento_id"),
        Index("ix_pagos_disputa_consultar_en", "consultar_en", postgresql_where=POR_CONSULTAR),
    )

    id: UUID = Field(primary_key=True)
    pasarela_id: str = Field(sa_type=String(80), unique=True)
    intento_id: UUID = Field(foreign_key="pagos_intento.id")
    monto: int = Field(sa_type=BigInteger)
    causa: str = Field(sa_type=String(40))
    creado_en: datetime = Field(default=None, sa_type=INSTANTE, sa_column_kwargs=AHORA)
    responder_hasta: datetime | None = Field(default=None, sa_type=INSTANTE)
    estado: str = Field(default="abierta", sa_type=String(10))
    retenido: int = Field(default=0, sa_type=BigInteger)
    reservas: int = Field(default=0, sa_type=SmallInteger)
    cobrado: int = Field(default=0, sa_type=BigInteger)
    congelo: bool = False
    consultas: int = 0
    consultar_en: datetime | None = Field(default=None, sa_type=INSTANTE)
    terminado_en: datetime | None = Field(default=None, sa_type=INSTANTE)

    @property
    def faltante(self) -> int:
        """Centavos of the claim that the account could not cover yet."""
        return 0 if self.estado == "ganada" else self.monto - self.retenido - self.cobrado


@aplicacion("SELECT, INSERT, UPDATE (repetidos, atender_en)")
class AvisoPasarela(SQLModel, table=True):
    """A received webhook, raw; its id makes it unique. `objeto` is what it speaks about; `atender_en`
    when the sweep reads the dispute that it announced."""

    __tablename__ = "pagos_aviso_pasarela"
    __table_args__ = (
        Index("ix_pagos_aviso_pasarela_emitido_en", "emitido_en"),
        Index(
            "ix_pagos_aviso_pasarela_atender_en",
            "atender_en",
            postgresql_where=text("atender_en IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True, sa_type=String(80))
    tipo: str = Field(sa_type=String(80))
    objeto: str | None = Field(default=None, sa_type=String(80))
    cuerpo: bytes = Field(sa_type=LargeBinary)
    firma: str = Field(sa_type=String(500))
    emitido_en: datetime = Field(sa_type=INSTANTE)
    recibido_en: datetime = Field(default=None, sa_type=INSTANTE, sa_column_kwargs=AHORA)
    repetidos: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    atender_en: datetime | None = Field(default=None, sa_type=INSTANTE)
