"""Tables of the calendar and of the terms: facts with a norm and dates, never constants in the code."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table exists
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.plazos.valores import Empieza, Silencio, Unidad
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero, instante


@aplicacion("SELECT, INSERT")
class FilaFeriado(Tabla, table=True):
    """What one norm says of one day at one place; for a day and a place the row with the greatest number
    holds.

    Append-only. A trigger numbers the rows and says since when each holds: always after now, so that a term
    that has begun is never counted anew. `lugar` is an INE code of any length («02», «0201», «020101»), None
    for the whole country; `laborable` undoes an earlier row of the same day and place.
    """

    __tablename__ = "nucleo_feriado"
    __table_args__ = (
        CheckConstraint("lugar ~ '^0[1-9]([0-9]{2}){0,2}$'", name="lugar"),
        CheckConstraint("nombre <> '' AND norma <> ''", name="textos"),
        CheckConstraint("fecha BETWEEN '2017-01-01' AND '2100-12-31'", name="fecha"),
        Index("uq_nucleo_feriado_numero", "numero", unique=True),
        Index("ix_nucleo_feriado_fecha", "fecha"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    numero: int = entero(default=None, sa_column_kwargs={"server_default": text("0")}, nullable=False)
    fecha: date
    lugar: str | None = Field(default=None, max_length=6)
    laborable: bool = False
    nombre: str = Field(max_length=120)
    norma: str = Field(max_length=200)
    confirmado: bool
    trasladado_de: date | None = None
    rige_desde: datetime = instante()
    creado_en: datetime = instante()


@aplicacion("SELECT")
class FilaPlazo(Tabla, table=True):
    """A term as a norm sets it for a span of dates (`vigente_hasta` is the first day on which it no longer
    holds).

    Rows come by revisions: who holds the application's password changes no deadline.
    """

    __tablename__ = "nucleo_plazo"
    __table_args__ = (
        CheckConstraint("codigo ~ '^[a-z_]+[.][a-z_]+$'", name="codigo"),
        CheckConstraint("valor > 0", name="valor"),
        CheckConstraint(f"unidad IN ({valores(Unidad)})", name="unidad"),
        CheckConstraint(f"empieza IN ({valores(Empieza)})", name="empieza"),
        CheckConstraint(f"silencio IN ({valores(Silencio)})", name="silencio"),
        CheckConstraint("NOT (prorroga AND unidad IN ('horas', 'horas_habiles'))", name="prorroga"),
        CheckConstraint("vigente_hasta > vigente_desde", name="vigencia"),
        ExcludeConstraint(
            ("codigo", "="),
            (text("daterange(vigente_desde, vigente_hasta)"), "&&"),
            name="ex_nucleo_plazo_vigencia",
        ),
    )

    id: UUID = Field(primary_key=True)
    codigo: str = Field(max_length=60)
    nombre: str = Field(max_length=160)
    valor: int = Field(sa_type=SmallInteger)
    unidad: Unidad = Field(sa_type=TextoEnum(Unidad))
    empieza: Empieza = Field(sa_type=TextoEnum(Empieza))
    prorroga: bool
    silencio: Silencio | None = Field(default=None, sa_type=TextoEnum(Silencio))
    norma: str = Field(max_length=300)
    nota: str = Field(default="", max_length=500)
    confirmado: bool
    vigente_desde: date
    vigente_hasta: date | None = None
