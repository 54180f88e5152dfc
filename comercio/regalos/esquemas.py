"""What crosses the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.compra import EstadoPedido
from nucleo.lectores import Entrada, escrito


class DestinatarioDeRegalo(Entrada):
    destinatario: Annotated[str, escrito(60, 2)] | None = Field(
        None, description="Alias, carnet o celular de quien lo recibe; nulo: nadie lo sigue."
    )


class RegaloDicho(BaseModel):
    destinatario: str | None = Field(description="Lo que se escribió para hallar a quien lo recibe.")


class PaqueteDeRegaloFicha(BaseModel):
    estado: str
    envio_numero: str | None
    codigo: str | None = Field(description="El código de entrega, mientras viene: se muestra al recibir.")


class RegaloFicha(BaseModel):
    """A gift as who receives it sees it: without prices."""

    pedido_id: UUID
    de: str
    mensaje: str
    vendedor: str
    cosas: list[str]
    estado: EstadoPedido
    paquetes: list[PaqueteDeRegaloFicha]
    recibido_en: datetime | None


class RecibidoFicha(BaseModel):
    pedido_id: UUID
    recibido_en: datetime
