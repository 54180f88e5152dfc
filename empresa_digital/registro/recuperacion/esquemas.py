"""What crosses the API of recoveries."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from nucleo.lectores import escrito


class RecuperacionNueva(BaseModel):
    """Quién administraría la unidad, y qué mandatos terminarían."""

    causa: Literal["fallecimiento", "acceso_perdido", "disputa"]
    motivo: Annotated[str, escrito(2000)] = Field(description="Los hechos y los documentos que se vieron.")
    ci: Annotated[str, escrito(20)] = Field(description="Cédula de quien la administraría.")
    complemento: str | None = Field(None, max_length=2)
    quita: list[UUID] = Field(default_factory=list, max_length=100, description="Mandatos que terminarían.")


class ObjecionEntrada(BaseModel):
    objecion: Annotated[str, escrito(2000)]


class ResolucionEntrada(BaseModel):
    decision: Literal["ejecutar", "desistir"]
    resolucion: Annotated[str, escrito(2000)] = Field(
        "", description="Obligatoria si alguien se opuso, y al desistir."
    )


class RecuperacionSalida(BaseModel):
    """Una recuperación: se decide desde `puede_desde` y antes de `vence_en`."""

    id: UUID
    unidad_id: UUID
    estado: str = Field(examples=["abierta"])
    causa: str
    motivo: str
    quita: list[UUID]
    abierta_en: datetime
    puede_desde: datetime
    vence_en: datetime
    objecion: str | None
    objetada_en: datetime | None
    resolucion: str | None
    resuelta_en: datetime | None
    mandato_id: UUID | None = Field(description="El que se ofreció al ejecutarla.")
