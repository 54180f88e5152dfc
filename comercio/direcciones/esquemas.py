"""What crosses the API."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nucleo.lectores import ES_NOMBRE, Entrada, Telefono, escrito

Nombre = Annotated[str, escrito(120, 2), ES_NOMBRE]


MunicipioIne = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Referencia = Annotated[str, escrito(300, 5)]


class EntregaPedida(Entrada):
    """By whom what is bought is received, and where: what is picked up where its seller is needs no place."""

    destinatario: Nombre
    telefono: Telefono
    municipio_ine: MunicipioIne | None = Field(
        None, description="Sin él, ni la referencia, si todo se recoge donde está quien vende."
    )
    referencia: Referencia | None = None


class Entrega(EntregaPedida):
    """Where something is received, and by whom."""

    municipio_ine: MunicipioIne
    referencia: Referencia


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
