"""What crosses the API of a unit."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, Field

from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from nucleo.lectores import Entrada

Motivo = Annotated[
    str, Field(min_length=1, max_length=2000, description="Por qué, en palabras para la unidad.")
]


class MotivoEntrada(Entrada):
    motivo: Motivo


class UnidadResumen(BaseModel):
    id: UUID
    numero: str = Field(examples=["UE-0000001-3"])
    tipo: TipoUnidad
    estado: EstadoUnidad
    denominacion: str
    nombre_comercial: str | None
    municipio_ine: str | None
    lugar: str = Field(description="Municipio y departamento.")
    actividad_ciiu: str | None
    inscrita_en: datetime | None


class ParecidaSalida(BaseModel):
    numero: str
    denominacion: str
    puntaje: int = Field(ge=0, le=100)


Numero = Annotated[str, Path(max_length=40, description="Número de la unidad.", examples=["UE-0000001-3"])]
