"""The recoveries of units."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.recuperacion.estados import EstadoRecuperacion
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, objetada_por, objetada_en, objecion, resuelta_por, resuelta_en, "
    "resolucion, mandato_id)"
)
class Recuperacion(Tabla, table=True):
    """The authority gives a unit to whoever has this identity card, and ends the mandates `quita`."""

    __tablename__ = "registro_recuperacion"
    __table_args__ = (
        CheckConstraint("causa IN ('fallecimiento', 'acceso_perdido', 'disputa')", name="causa"),
        CheckConstraint(f"estado IN ({valores(EstadoRecuperacion)})", name="estado"),
        CheckConstraint(
            "puede_desde >= abierta_en + interval '10 days' AND vence_en > puede_desde "
            "AND vence_en <= abierta_en + interval '60 days'",
            name="plazos",
        ),
        CheckConstraint(
            "num_nonnulls(objetada_por, objetada_en, objecion) IN (0, 3) "
            "AND (estado <> 'objetada' OR objecion IS NOT NULL)",
            name="objecion",
        ),
        CheckConstraint(
            "estado <> 'ejecutada' OR (resuelta_por IS NOT NULL AND resuelta_por <> abierta_por "
            "AND mandato_id IS NOT NULL AND resuelta_en >= puede_desde AND resuelta_en < vence_en "
            "AND (objecion IS NULL OR resolucion IS NOT NULL))",
            name="ejecucion",
        ),
        CheckConstraint("(estado IN ('abierta', 'objetada')) = (resuelta_en IS NULL)", name="resuelta"),
        Index(
            "uq_registro_recuperacion_una",
            "unidad_id",
            unique=True,
            postgresql_where=text("estado IN ('abierta', 'objetada')"),
        ),
        Index("ix_registro_recuperacion_unidad", "unidad_id", "abierta_en"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    causa: str = Field(sa_type=Text)
    motivo: str = Field(sa_type=Text)
    cedula: str = Field(sa_type=Text)
    quita: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid), nullable=False)
    estado: EstadoRecuperacion = Field(
        default=EstadoRecuperacion.ABIERTA, sa_type=TextoEnum(EstadoRecuperacion)
    )
    abierta_por: UUID = Field(foreign_key="ciudadania_persona.id")
    abierta_en: datetime = momento()
    puede_desde: datetime = momento()
    vence_en: datetime = momento()
    objetada_por: UUID | None = Field(default=None, foreign_key="ciudadania_persona.id")
    objetada_en: datetime | None = momento_o_nada()
    objecion: str | None = Field(default=None, sa_type=Text)
    resuelta_por: UUID | None = Field(default=None, foreign_key="ciudadania_persona.id")
    resuelta_en: datetime | None = momento_o_nada()
    resolucion: str | None = Field(default=None, sa_type=Text)
    mandato_id: UUID | None = Field(default=None, foreign_key="registro_mandato.id")
