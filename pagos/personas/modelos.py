"""Tables: requests for money, and why and since when an account is frozen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, String, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from nucleo.modelos import instante
from nucleo.privilegios import aplicacion

ABIERTO = text("levantado_en IS NULL")


@aplicacion("SELECT")
class Congelamiento(SQLModel, table=True):
    """A reason for an account to be frozen, open until it is lifted by who may lift it."""

    __tablename__ = "pagos_congelamiento"
    __table_args__ = (
        Index("uq_pagos_congelamiento_abierto", "cuenta_id", "origen", unique=True, postgresql_where=ABIERTO),
        Index("ix_pagos_congelamiento_cuenta", "cuenta_id", "congelado_en"),
        Index("ix_pagos_congelamiento_abiertos", "congelado_en", "id", postgresql_where=ABIERTO),
    )

    id: UUID = Field(primary_key=True)
    cuenta_id: int = Field(sa_type=BigInteger, foreign_key="pagos_cuenta.id")
    origen: str = Field(sa_type=String(10))
    motivo: str = Field(sa_type=String(300))
    congelado_en: datetime = instante()
    congelado_por: UUID | None = None
    levantado_en: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    levantado_por: UUID | None = None
    motivo_levantado: str | None = Field(default=None, sa_type=String(300))


@aplicacion("SELECT, INSERT, UPDATE")
class Solicitud(SQLModel, table=True):
    """Somebody asks a person for money; its row moves once, from pendiente to one of the four ends."""

    __tablename__ = "pagos_solicitud"
    __table_args__ = (
        UniqueConstraint("transferencia_id"),
        Index("ix_pagos_solicitud_solicitante", "solicitante_id", "creada_en", "id"),
        Index("ix_pagos_solicitud_pagador", "pagador_id", "creada_en", "id"),
        Index("ix_pagos_solicitud_vence_en", "vence_en", postgresql_where=text("estado = 'pendiente'")),
    )

    id: UUID = Field(primary_key=True)
    solicitante_id: UUID = Field(foreign_key="ciudadania_persona.id")
    cuenta_id: int = Field(sa_type=BigInteger, foreign_key="pagos_cuenta.id")
    pagador_id: UUID = Field(foreign_key="ciudadania_persona.id")
    monto: int = Field(sa_type=BigInteger)
    motivo: str = Field(sa_type=String(140))
    estado: str = Field(
        default="pendiente", sa_type=String(10), sa_column_kwargs={"server_default": "pendiente"}
    )
    creada_en: datetime = instante()
    vence_en: datetime = Field(sa_type=DateTime(timezone=True))
    resuelta_en: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    transferencia_id: UUID | None = None
