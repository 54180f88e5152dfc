"""Reference tables (data/*.csv, loaded by the migration)."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla


@aplicacion("SELECT")
class Departamento(Tabla, table=True):
    """One of the nine departments, by INE code."""

    __tablename__ = "registro_departamento"

    ine: str = Field(primary_key=True, sa_type=Text)
    iso_3166_2: str = Field(sa_type=Text)
    ci_expedido: str = Field(sa_type=Text)
    nombre: str = Field(sa_type=Text)
    capital_ine: str = Field(sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class Provincia(Tabla, table=True):
    __tablename__ = "registro_provincia"

    ine: str = Field(primary_key=True, sa_type=Text)
    departamento_ine: str = Field(sa_type=Text, foreign_key="registro_departamento.ine")
    nombre: str = Field(sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class Municipio(Tabla, table=True):
    """A municipality, by INE code DDPPMM."""

    __tablename__ = "registro_municipio"

    ine: str = Field(primary_key=True, sa_type=Text)
    provincia_ine: str = Field(sa_type=Text, foreign_key="registro_provincia.ine")
    departamento_ine: str = Field(sa_type=Text, foreign_key="registro_departamento.ine")
    nombre: str = Field(sa_type=Text)
    otro_nombre: str | None = Field(default=None, sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class Actividad(Tabla, table=True):
    """A section, division or class of CIIU Rev. 4."""

    __tablename__ = "registro_actividad"
    __table_args__ = (CheckConstraint("nivel IN ('seccion', 'division', 'clase')", name="nivel"),)

    codigo: str = Field(primary_key=True, sa_type=Text)
    nivel: str = Field(sa_type=Text)
    padre: str | None = Field(sa_type=Text, foreign_key="registro_actividad.codigo", default=None)
    seccion: str = Field(sa_type=Text)
    nombre: str = Field(sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class FormaLegal(Tabla, table=True):
    """A legal form: ISO 20275 code, or one of our own (`BO-…`) where ISO has none."""

    __tablename__ = "registro_forma_legal"

    codigo: str = Field(primary_key=True, sa_type=Text)
    nombre: str = Field(sa_type=Text)
    abreviatura: str | None = Field(default=None, sa_type=Text)
    origen: str = Field(sa_type=Text)
    orden: int
    tipos: list[str] = Field(sa_type=ARRAY(Text))
    vigente_desde: date
    vigente_hasta: date | None = None
