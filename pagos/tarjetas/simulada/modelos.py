"""The simulated gateway's whole state: Stripe objects as JSON, keys, faults and webhooks to send."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class ObjetoSimulado(Tabla, table=True):
    """One object of the simulated gateway; `creado` is its Unix time,
    `vence_en` when something happens to it by itself."""

    __tablename__ = "pagos_simulada_objeto"
    __table_args__ = (
        Index("ix_pagos_simulada_objeto_creado", "tipo", "creado", "numero"),
        Index("ix_pagos_simulada_objeto_vence_en", "vence_en", postgresql_where=text("vence_en IS NOT NULL")),
    )

    tipo: str = Field(primary_key=True, sa_type=String(20))
    id: str = Field(primary_key=True, sa_type=String(120))
    numero: int | None = Field(default=None, sa_type=BigInteger, sa_column_args=(Identity(always=True),))
    creado: int = entero()
    datos: dict[str, Any] = Field(sa_type=JSONB)
    vence_en: datetime | None = momento_o_nada()
