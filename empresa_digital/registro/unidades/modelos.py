"""The units: the record that derives from the entries (see `asentar.py`), and the index of the search."""

from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    Numeric,
    Text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from empresa_digital.registro.unidades.valores import Unidad
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE")
class UnidadEconomica(Tabla, table=True):
    """An economic unit of any kind: company, cooperative, community, individual, public entity, operator."""

    __tablename__ = "registro_unidad"
    __table_args__ = (
        CheckConstraint("numero ~ '^UE-[0-9]{7,12}-[0-9]$'", name="numero"),
        CheckConstraint(f"tipo IN ({valores(TipoUnidad)})", name="tipo"),
        CheckConstraint(f"estado IN ({valores(EstadoUnidad)})", name="estado"),
        CheckConstraint("denominacion = btrim(denominacion) AND denominacion <> ''", name="denominacion"),
        CheckConstraint(
            "estado IN ('borrador', 'cancelada') OR (forma_legal IS NOT NULL AND municipio_ine IS NOT NULL "
            "AND actividad_ciiu IS NOT NULL AND direccion IS NOT NULL)",
            name="completa",
        ),
        CheckConstraint(
            "estado NOT IN ('inscrita', 'suspendida') OR inscrita_en IS NOT NULL", name="inscripcion"
        ),
        CheckConstraint("(latitud IS NULL) = (longitud IS NULL)", name="coordenadas"),
        CheckConstraint(
            "latitud BETWEEN -23 AND -9 AND longitud BETWEEN -70 AND -57", name="coordenadas_de_bolivia"
        ),
        CheckConstraint("version >= 1 AND secuencia >= 1", name="version"),
        Index("ix_registro_unidad_estado", "estado", "actualizado_en", "id"),
        Index(
            "ix_registro_unidad_lugar",
            "municipio_ine",
            "id",
            postgresql_ops={"municipio_ine": "text_pattern_ops"},
        ),
        Index("ix_registro_unidad_actividad_ciiu", "actividad_ciiu", "id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    numero: str = Field(sa_type=Text, unique=True)
    tipo: TipoUnidad = Field(sa_type=TextoEnum(TipoUnidad))
    estado: EstadoUnidad = Field(default=EstadoUnidad.BORRADOR, sa_type=TextoEnum(EstadoUnidad))
    denominacion: str = Field(sa_type=Text)
    nombre_comercial: str | None = Field(default=None, sa_type=Text)
    forma_legal: str | None = Field(sa_type=Text, foreign_key="registro_forma_legal.codigo", default=None)
    municipio_ine: str | None = Field(sa_type=Text, foreign_key="registro_municipio.ine", default=None)
    actividad_ciiu: str | None = Field(sa_type=Text, foreign_key="registro_actividad.codigo", default=None)
    direccion: str | None = Field(default=None, sa_type=Text)
    latitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    longitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    telefono: str | None = Field(default=None, sa_type=Text)
    correo: str | None = Field(default=None, sa_type=Text)
    sitio_web: str | None = Field(default=None, sa_type=Text)
    descripcion: str | None = Field(default=None, sa_type=Text)
    motivo: str | None = Field(default=None, sa_type=Text)
    version: int = 1
    secuencia: int = 1
    huella: str = Field(sa_type=Text)
    inscrita_en: datetime | None = momento_o_nada()
    creado_en: datetime = momento()
    actualizado_en: datetime = momento()

    def valor(self) -> Unidad:
        """What readers get."""
        return Unidad(**{campo.name: getattr(self, campo.name) for campo in fields(Unidad)})


@aplicacion("SELECT, INSERT, DELETE")
class ActividadSecundaria(Tabla, table=True):
    __tablename__ = "registro_unidad_actividad"
    __table_args__ = (Index("ix_registro_unidad_actividad_actividad", "actividad", "unidad_id"),)

    unidad_id: UUID = Field(foreign_key="registro_unidad.id", primary_key=True)
    actividad: str = Field(sa_type=Text, foreign_key="registro_actividad.codigo", primary_key=True)


@aplicacion("SELECT")
class IndiceBusqueda(Tabla, table=True):
    """What the search reads, kept by a trigger on `registro_unidad`: not part of the record."""

    __tablename__ = "registro_busqueda"
    __table_args__ = (
        Index("ix_registro_busqueda_texto", "texto", postgresql_using="gin"),
        Index(
            "ix_registro_busqueda_nombre",
            "nombre",
            postgresql_using="gin",
            postgresql_ops={"nombre": "gin_trgm_ops"},
        ),
    )

    unidad_id: UUID = Field(foreign_key="registro_unidad.id", primary_key=True)
    estado: EstadoUnidad = Field(sa_type=TextoEnum(EstadoUnidad))
    tipo: TipoUnidad = Field(sa_type=TextoEnum(TipoUnidad))
    municipio_ine: str | None = Field(default=None, sa_type=Text)
    nombre: str = Field(sa_type=Text)
    texto: str = Field(sa_type=TSVECTOR)
