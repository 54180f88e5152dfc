"""What crosses the API."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nucleo.lectores import ES_NOMBRE, Entrada, Telefono, escrito

Nombre = Annotated[str, escrito(120, 2), ES_NOMBRE]


class Entrega(Entrada):
    """Where something is received, and by whom."""

    destinatario: Nombre
    telefono: Telefono
    municipio_ine: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    referencia: Annotated[str, escrito(300, 5)]


class DireccionNueva(Entrega):
    nombre: Annotated[str, escrito(60, 2)] = Field(description="Cómo la llama usted: «Casa», «Trabajo».")


class DireccionLeida(BaseModel):
    id: UUID
    nombre: str
    destinatario: str
    telefono: str
    municipio_ine: str
    lugar: str
    referencia: str


class DireccionesLeidas(BaseModel):
    datos: list[DireccionLeida]
