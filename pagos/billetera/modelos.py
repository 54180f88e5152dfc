"""Tables of wallets: requests for money."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, String, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from nucleo.modelos import instante
from nucleo.privilegios import aplicacion


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
