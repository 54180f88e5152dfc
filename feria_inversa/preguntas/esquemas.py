"""What crosses the API of the questions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from feria_inversa.procesos import Texto
from nucleo.lectores import Entrada


class PreguntaEntrada(Entrada):
    unidad_id: UUID
    texto: Annotated[
        Texto, Field(min_length=10, max_length=2000, description="Será pública, sin decir quién pregunta.")
    ]


class RespuestaEntrada(Entrada):
    respuesta: Annotated[Texto, Field(min_length=2, max_length=3000, description="Será pública.")]


class PreguntaSalida(BaseModel):
    id: UUID
    convocatoria_id: UUID
    numero: int
    estado: Literal["por_responder", "respondida", "sin_respuesta"]
    texto: str
    hecha_en: datetime
    respuesta: str | None
    terminada_en: Annotated[
        datetime | None, Field(description="Cuándo se respondió, o terminó sin respuesta.")
    ]
