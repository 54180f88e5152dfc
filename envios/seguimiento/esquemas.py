"""What crosses the API."""

from datetime import datetime

from pydantic import BaseModel, Field

from envios.eventos import EstadoEvento
from envios.items import EstadoEnvio


class HitoPublico(BaseModel):
    """An event as anybody may read it: what, where (municipality), when. Never who."""

    codigo: str
    estado: EstadoEvento
    texto: str
    subetiqueta: str | None
    ocurrido_en: datetime
    lugar: str
    accion: str | None


class Seguimiento(BaseModel):
    """The public track of a shipment, without anybody's data."""

    numero: str
    legible: str
    servicio: str
    estado: EstadoEnvio
    estado_texto: str
    etiqueta: str = Field(description="Etiqueta de AfterShip.")
    operador: str
    destino: str
    anunciado_en: datetime
    admitido_en: datetime | None
    entregado_en: datetime | None
    siguiente_paso: str
    eventos: list[HitoPublico]
