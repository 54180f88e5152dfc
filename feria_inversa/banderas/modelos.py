"""Tables of the red flags. All are worked out of what is public, but what an entity answers."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from feria_inversa.banderas.definiciones import DEFINICIONES, Ambito
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada

_CODIGOS = ", ".join(f"'{codigo}'" for codigo in DEFINICIONES)
_EN_PIE = text("levantada_en IS NULL")
RESPUESTAS = 10
"""How many times an entity may say its answer anew; all are kept and shown."""


@aplicacion("SELECT, INSERT, UPDATE (version, valor, datos, quienes, dia, cambio_en, levantada_en)")
class BanderaVista(Tabla, table=True):
    """What is worth a look of a process, or of an entity or a supplier (`quien`), by a definition.

    `valor` is an exact fraction, `datos` the numbers it comes from, `quienes` the suppliers that are in it.
    It is `levantada` when what is public does not say it any more; nothing is deleted: it may be answered.
    """

    __tablename__: ClassVar[str] = "feria_bandera"
    __table_args__ = (
        UniqueConstraint(
            "codigo",
            "proceso_id",
            "quien",
            name="uq_feria_bandera_codigo",
            postgresql_nulls_not_distinct=True,
        ),
        ForeignKeyConstraint(["proceso_id"], ["feria_mercado_proceso.id"]),
        CheckConstraint(f"codigo IN ({_CODIGOS})", name="codigo"),
        CheckConstraint(f"sobre IN ({valores(Ambito)})", name="sobre"),
        CheckConstraint(
            "num_nonnulls(proceso_id, quien) = 1 AND (sobre = 'proceso') = (proceso_id IS NOT NULL)",
            name="de_quien",
        ),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("valor ~ '^-?[0-9]+(/[0-9]+)?$'", name="valor"),
        Index("ix_feria_bandera_dia", "dia", "id", postgresql_where=_EN_PIE),
        Index("ix_feria_bandera_codigo", "codigo", "dia", "id", postgresql_where=_EN_PIE),
        Index("ix_feria_bandera_entidad_codigo", "entidad_codigo", "dia", "id"),
        Index("ix_feria_bandera_proceso_id", "proceso_id"),
        Index(
            "ix_feria_bandera_quienes",
            "quienes",
            postgresql_using="gin",
            postgresql_ops={"quienes": "jsonb_path_ops"},
        ),
    )

    id: int | None = Field(
        default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),)
    )
    codigo: str = Field(max_length=4)
    version: int = Field(sa_type=SmallInteger)
    sobre: str = Field(max_length=9)
    proceso_id: int | None = Field(default=None, sa_type=BigInteger)
    quien: str | None = Field(default=None, max_length=80)
    nombre: str | None = Field(default=None, max_length=300)
    entidad_codigo: str | None = Field(default=None, max_length=4)
    dia: date
    valor: str = Field(max_length=80)
    datos: dict[str, Any] = Field(sa_type=JSONB)
    quienes: list[dict[str, Any]] = Field(sa_type=JSONB)
    vista_en: datetime = instante()
    cambio_en: datetime = instante()
    levantada_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT")
class RespuestaDeEntidad(Tabla, table=True):
    """What an entity says of a flag of a process of its own. Said anew, the one before stays."""

    __tablename__: ClassVar[str] = "feria_bandera_respuesta"
    __table_args__ = (
        UniqueConstraint("bandera_id", "version"),
        ForeignKeyConstraint(["bandera_id"], ["feria_bandera.id"]),
        ForeignKeyConstraint(["unidad_id"], ["registro_unidad.id"]),
        CheckConstraint(f"version BETWEEN 1 AND {RESPUESTAS}", name="version"),
        CheckConstraint("char_length(texto) >= 10", name="texto"),
        Index("ix_feria_bandera_respuesta_unidad_id", "unidad_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    bandera_id: int = Field(sa_type=BigInteger)
    version: int = Field(sa_type=SmallInteger)
    unidad_id: UUID
    texto: str = Field(max_length=3000)
    respondida_por: str = Field(max_length=200)
    respondida_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE (secuencia, definiciones)")
class ProcesoMirado(Tabla, table=True):
    """Up to which of its releases a process of here was looked at, and by which definitions."""

    __tablename__: ClassVar[str] = "feria_bandera_proceso"
    __table_args__ = (ForeignKeyConstraint(["convocatoria_id"], ["feria_convocatoria.id"]),)

    convocatoria_id: UUID = Field(primary_key=True)
    secuencia: int = Field(sa_type=SmallInteger)
    definiciones: str = Field(max_length=32)


@aplicacion("SELECT, INSERT, UPDATE (nombre, procesos, sin_convocatoria, mirada_en)")
class EntidadMirada(Tabla, table=True):
    """How many processes of an entity the market has, how many without call, when they were looked at."""

    __tablename__: ClassVar[str] = "feria_bandera_entidad"
    __table_args__ = (
        CheckConstraint("sin_convocatoria BETWEEN 0 AND procesos", name="cuentas"),
        Index("ix_feria_bandera_entidad_mirada_en", "mirada_en"),
    )

    entidad_codigo: str = Field(max_length=4, primary_key=True)
    nombre: str = Field(max_length=300)
    procesos: int
    sin_convocatoria: int
    mirada_en: datetime = instante()
