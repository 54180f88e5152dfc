"""What crosses the API of the calendar and of the terms."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.lectores import Entero, Entrada, Fecha, escrito
from nucleo.plazos import NACIONAL, Clase, Empieza, Silencio, Unidad

LUGAR = "«BO» (todo el país) o el código del INE de un departamento («02») o municipio («020101»)."


class Acto(StrEnum):
    """What a norm does with a day."""

    FERIADO = "feriado"
    TRASLADO = "traslado"
    LABORABLE = "laborable"


class Decreto(Entrada):
    """A day as the authority writes it down. `de`: the day that a move leaves."""

    acto: Acto = Acto.FERIADO
    fecha: Fecha
    de: Fecha | None = Field(None, description="Con «traslado»: el feriado que se mueve a `fecha`.")
    lugar: Annotated[str, escrito(6)] = Field(NACIONAL, description=LUGAR)
    nombre: Annotated[str, escrito(120, 3)] = Field(examples=["Feriado adicional de Corpus Christi"])
    norma: Annotated[str, escrito(200, 3)] = Field(examples=["DS 5521 (13/1/2026), art. 3"])
    confirmado: bool = Field(False, description="Si se leyó el texto de la norma en la Gaceta Oficial.")


class AnioNuevo(Entrada):
    """A year to publish by the rules of the norms."""

    anio: Entero = Field(ge=2017, le=2100)


class FeriadoSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    numero: int = Field(description="Orden en que se anotó: el último de un día y lugar es el que vale.")
    id: UUID
    fecha: date
    lugar: str = Field(description=LUGAR)
    ambito: str = Field(description="nacional, departamental o municipal")
    nombre: str
    norma: str
    confirmado: bool = Field(description="Si se cotejó con el texto de la norma.")
    laborable: bool = Field(description="Verdadero: deja sin efecto el feriado de ese día y lugar.")
    trasladado_de: date | None
    rige_desde: datetime = Field(description="Los plazos que empezaron antes no cambian.")


class FeriadosSalida(BaseModel):
    """A part of the feed: `hasta` is the number to ask with next time."""

    datos: list[FeriadoSalida]
    hasta: int


class PlazoSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    codigo: str
    nombre: str
    valor: int
    unidad: Unidad
    empieza: Empieza
    prorroga: bool = Field(description="Si acaba en día inhábil, se corre al siguiente hábil.")
    silencio: Silencio | None
    norma: str
    nota: str
    confirmado: bool = Field(description="Si se cotejó con el texto de la norma.")
    vigente_desde: date | None
    vigente_hasta: date | None = Field(description="Primer día en que ya no rige.")


class DiaSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    fecha: date
    clase: Clase
    numero: int | None = Field(description="Qué día del plazo es.")
    feriados: list[FeriadoSalida]
    despues: list[FeriadoSalida] = Field(description="Declarados cuando el plazo ya corría: no lo cambian.")


class ComputoSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    plazo: PlazoSalida
    distancia: PlazoSalida | None
    inicio: datetime
    lugares: list[str]
    vence_en: datetime | None = Field(description="Último instante en plazo.")
    version: int = Field(description="Número del último feriado que se conocía al empezar.")
    dias: list[DiaSalida]
