"""The qualities of units."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    Text,
)
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.catalogos import Habilitacion
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE")
class HabilitacionUnidad(Tabla, table=True):
    """A quality of a unit: requested, granted by the regulator with norm and dates, suspended with reason."""

    __tablename__ = "registro_habilitacion"
    __table_args__ = (
        CheckConstraint(f"habilitacion IN ({valores(Habilitacion)})", name="habilitacion"),
        CheckConstraint(f"estado IN ({valores(EstadoHabilitacion)})", name="estado"),
        CheckConstraint(
            "estado NOT IN ('otorgada', 'suspendida') OR (norma IS NOT NULL AND vigente_desde IS NOT NULL)",
            name="otorgamiento",
        ),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
        CheckConstraint("estado NOT IN ('rechazada', 'suspendida') OR motivo IS NOT NULL", name="motivo"),
        Index("ix_registro_habilitacion_estado", "estado", "solicitada_en"),
    )

    unidad_id: UUID = Field(foreign_key="registro_unidad.id", primary_key=True)
    habilitacion: Habilitacion = Field(sa_type=TextoEnum(Habilitacion), primary_key=True)
    estado: EstadoHabilitacion = Field(sa_type=TextoEnum(EstadoHabilitacion))
    norma: str | None = Field(default=None, sa_type=Text)
    vigente_desde: date | None = None
    vigente_hasta: date | None = None
    motivo: str | None = Field(default=None, sa_type=Text)
    solicitada_en: datetime = momento()
    resuelta_en: datetime | None = momento_o_nada()
