"""What crosses the API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from nucleo.lectores import DecimalPlano, Entero, Entrada, escrito


class OpinionNueva(Entrada):
    linea_id: UUID = Field(description="La línea del pedido de la que opina.")
    estrellas: Annotated[Entero, Field(ge=1, le=5)]
    texto: Annotated[str, escrito(2000, 3)]


class RespuestaDeOpinion(Entrada):
    texto: Annotated[str, escrito(1000, 3)]


class ModeracionDeOpinion(Entrada):
    """Of the authority: hide what is against the rules, or show it again; always with why."""

    que: Literal["ocultar", "restituir"]
    motivo: Annotated[str, escrito(500, 3)]


class OpinionFicha(BaseModel):
    id: UUID
    producto_id: UUID
    titulo: str = Field(description="Lo que compró quien opina, como se llamaba entonces.")
    opcion: str = Field(description="Cuál de sus variantes; vacío si había una.")
    autor: str
    estrellas: int
    texto: str
    version: int = Field(description="Más de una: se cambió después de publicarla.")
    oculta: bool
    publicada_en: datetime
    editable_hasta: datetime
    respuesta: str | None
    respondida_en: datetime | None


class OpinionesDeProducto(BaseModel):
    """What is said of a product: never a mean without how many."""

    n: int
    media: DecimalPlano | None
    por_estrellas: dict[int, int]
    datos: list[OpinionFicha]
    siguiente: str | None
