"""Tables of reserves."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import Index, SmallInteger, String, text
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, momento, momento_o_nada, suma


@aplicacion("SELECT, INSERT, UPDATE (estado, confirmado, resuelta_en)")
class Reserva(Tabla, table=True):
    """What a pending transfer of the ledger holds money for. Its id is the transfer's; a trigger refuses
    a row that says something else than the ledger."""

    __tablename__ = "pagos_reserva"
    __table_args__ = (
        Index("ix_pagos_reserva_debito", "debito", "creada_en", "id"),
        Index("ix_pagos_reserva_credito", "credito", "creada_en", "id"),
        Index("ix_pagos_reserva_vence_en", "vence_en", postgresql_where=text("estado = 'abierta'")),
    )

    id: UUID = Field(primary_key=True, foreign_key="pagos_pendiente.id")
    debito: int = entero(foreign_key="pagos_cuenta.id")
    credito: int = entero(foreign_key="pagos_cuenta.id")
    monto: Money = dinero()
    codigo: int = Field(sa_type=SmallInteger)
    motivo: str = Field(sa_type=String(140))
    resuelve: str = Field(sa_type=String(12))
    creada_en: datetime = momento()
    vence_en: datetime = momento()
    estado: str = Field(default="abierta", sa_type=String(10))
    confirmado: Money = suma()
    resuelta_en: datetime | None = momento_o_nada()
