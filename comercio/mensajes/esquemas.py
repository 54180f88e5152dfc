"""What crosses the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.mensajes.estados import EstadoPregunta
from comercio.reclamos import Lado
from nucleo.lectores import Entero, Entrada, escrito


class PreguntaNueva(Entrada):
    texto: Annotated[str, escrito(500, 5)]


class RespuestaDePreguntaNueva(Entrada):
    texto: Annotated[str, escrito(1000, 2)]


class PreguntaFicha(BaseModel):
    id: UUID
    producto_id: UUID
    texto: str
    estado: EstadoPregunta
    hecha_en: datetime
    vence_en: datetime
    respuesta: str | None
    respondida_en: datetime | None


TextoDeMensaje = Annotated[str, escrito(1000, 2)]


class LecturaNueva(Entrada):
    hasta: Annotated[Entero, Field(ge=1, le=500, description="Número del último mensaje que leyó.")]


class MensajeFicha(BaseModel):
    id: UUID
    numero: int = Field(description="Su lugar entre los de su pedido, desde 1.")
    lado: Lado = Field(description="Quién lo escribió: `comprador` o `vendedor`.")
    escribio: str | None = Field(description="Quién, de los suyos; de los del otro lado no se dice.")
    texto: str
    con_archivo: bool
    escrito_en: datetime
    leido: bool = Field(description="Si el otro lado ya lo leyó.")
