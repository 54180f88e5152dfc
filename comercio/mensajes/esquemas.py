"""What crosses the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel

from comercio.mensajes.estados import EstadoPregunta
from nucleo.lectores import Entrada, escrito


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
