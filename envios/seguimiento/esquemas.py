"""What crosses the API."""

from datetime import date, datetime

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
    entrega_prometida: date | None = Field(description="El día prometido; nulo si no consta.")
    siguiente_paso: str
    ruta: list[str] = Field(description="Los municipios por los que pasó, en orden, y al final el destino.")
    eventos: list[HitoPublico]


class NumeroSeguido(BaseModel):
    """One number of those asked for, as it was written: its track, or why there is none."""

    escrito: str
    seguimiento: Seguimiento | None
    codigo: str | None = Field(description="Código del error, si no se halló.")
    detalle: str | None
    opciones: dict[str, str] | None = Field(
        None, description="Si el número es de varios: de quién puede ser, por id de unidad."
    )


class NumerosSeguidos(BaseModel):
    datos: list[NumeroSeguido]
