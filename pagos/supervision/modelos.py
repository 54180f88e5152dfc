"""Tables of supervision: daily closings, the rule of suspicious speed, verifications of the ledger."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import Index, Integer, LargeBinary, SmallInteger, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT")
class Cierre(Tabla, table=True):
    """A Bolivian day of the ledger, sealed: how much there was, and the Merkle root over its transfers."""

    __tablename__ = "pagos_cierre"

    dia: date = Field(primary_key=True)
    cantidad: int
    contabilizadas: int
    suma: Money = dinero()
    primero: int | None = entero(default=None)
    ultimo: int | None = entero(default=None)
    raiz: bytes = Field(sa_type=LargeBinary)
    formato: int = Field(sa_type=SmallInteger)
    hecho_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class BloqueDeCierre(Tabla, table=True):
    """A subtree of a closing over 1.024 leaves in order, so that a proof reads one block and not the day."""

    __tablename__ = "pagos_cierre_bloque"

    dia: date = Field(primary_key=True, foreign_key="pagos_cierre.dia")
    indice: int = Field(primary_key=True, sa_type=Integer, sa_column_kwargs={"autoincrement": False})
    cantidad: int = Field(sa_type=SmallInteger)
    primero: int = entero()
    ultimo: int = entero()
    raiz: bytes = Field(sa_type=LargeBinary)


@aplicacion("SELECT, INSERT")
class ReglaVelocidad(Tabla, table=True):
    """When the speed of a wallet's payments is worth a look; the newest already in force applies."""

    __tablename__ = "pagos_regla_velocidad"

    id: UUID = Field(primary_key=True)
    ventana_min: int = Field(sa_type=SmallInteger)
    pagos_max: int = Field(sa_type=SmallInteger)
    nuevas_max: int = Field(sa_type=SmallInteger)
    vigente_desde: datetime = momento(unique=True)
    norma: str = Field(sa_type=String(300))


@aplicacion("SELECT, INSERT, UPDATE (hecha_en, hasta_numero, fallas)")
class Verificacion(Tabla, table=True):
    """A check of the whole ledger: asked for, then done once, with what it found (nothing is well)."""

    __tablename__ = "pagos_verificacion"
    __table_args__ = (
        Index("ix_pagos_verificacion_hecha", "hecha_en", "id", postgresql_where=text("hecha_en IS NOT NULL")),
        Index("ix_pagos_verificacion_espera", "pedida_en", "id", postgresql_where=text("hecha_en IS NULL")),
    )

    id: UUID = Field(primary_key=True)
    pedida_en: datetime = instante()
    pedida_por: UUID | None = None
    hecha_en: datetime | None = momento_o_nada()
    hasta_numero: int | None = entero(default=None)
    fallas: list[Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
