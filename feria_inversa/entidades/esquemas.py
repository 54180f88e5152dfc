"""What crosses the API of the entities that contract."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.lectores import Entrada, escrito


class UnidadResumen(BaseModel):
    id: UUID
    numero: str
    nombre: str


class EjecutoraEntrada(Entrada):
    ejecutora: Annotated[
        str, Field(pattern=r"^[0-9]{2}$", examples=["03"], description="Su código en SICOES.")
    ]
    nombre: Annotated[str, escrito(160, 3)]


class EjecutoraSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    ejecutora: str
    codigo: Annotated[str, Field(description="El de la entidad: con el suyo, el comienzo de un CUCE.")]
    nombre: str
