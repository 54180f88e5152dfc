"""What crosses the API of this room."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from alertas.modelos import Frecuencia
from nucleo.lectores import escrito


class AlertaNueva(BaseModel):
    model_config = ConfigDict(extra="forbid")

    emparejador: str = Field(
        pattern=r"^[a-z_.]{1,60}$", examples=["comercio.productos"], description="La clase de alerta."
    )
    criterios: dict[str, Any] = Field(
        description="Lo que se busca, según la clase (`GET /api/v1/alertas/clases`).",
        examples=[{"q": "quinua"}],
    )
    nombre: Annotated[str, escrito(120)] = Field("", description="Vacío: lo que se busca, en palabras.")
    frecuencia: Frecuencia = Frecuencia.AL_MOMENTO
    unidad_id: UUID | None = Field(None, description="Para avisar a una unidad que administra.")
    por_webhook: bool = Field(False, description="También a los sistemas de la unidad.")


class PropuestaSalida(BaseModel):
    """A search that fits what a unit does, which it has not answered yet."""

    unidad_id: UUID
    emparejador: str
    criterios: dict[str, Any]
    busca: str = Field(description="Lo que se buscaría, en palabras.")


class RespuestaEntrada(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unidad_id: UUID
    emparejador: str = Field(pattern=r"^[a-z_.]{1,60}$", examples=["feria.convocatorias"])
    acepta: bool


class AlertaSalida(BaseModel):
    id: UUID
    emparejador: str
    criterios: dict[str, Any]
    nombre: str
    frecuencia: Frecuencia
    unidad_id: UUID | None
    por_webhook: bool
    tiene_canal: bool = Field(description="Si tiene una dirección Atom vigente.")
    creado_en: datetime
    vence_en: datetime


class HallazgoSalida(BaseModel):
    """Something found for an alert, that anybody may still see."""

    objeto_id: UUID
    titulo: str
    detalle: str
    enlace: str = Field(description="Ruta de esta plataforma.")
    hallada_en: datetime


class ClaseDeAlerta(BaseModel):
    emparejador: str
    nombre: str
    esquema: dict[str, Any] = Field(description="JSON Schema de sus criterios.")


class CanalSalida(BaseModel):
    direccion: str = Field(description="La dirección Atom; se muestra solo esta vez.")
