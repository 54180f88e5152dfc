"""What crosses the API of the bids."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from feria_inversa.entidades import UnidadResumen
from feria_inversa.procesos import ITEMS_MAXIMOS, PlazoDias, Texto
from nucleo.dinero import Dinero
from nucleo.lectores import Entero, Entrada, PrecioUnitario


class LineaEntrada(Entrada):
    item_id: UUID
    precio_unitario: PrecioUnitario
    marca: Annotated[
        Texto, Field(min_length=1, max_length=120, description="Marca, procedencia o «artesanal».")
    ]
    detalle: Annotated[Texto, Field(max_length=1000)] = ""
    plazo_dias: PlazoDias


class OfertaEntrada(Entrada):
    version: Annotated[
        Entero | None, Field(ge=1, le=32767, description="La que leyó: si ya es otra, no se presenta.")
    ] = None
    lineas: Annotated[list[LineaEntrada], Field(min_length=1, max_length=ITEMS_MAXIMOS)]


class OfertaNueva(OfertaEntrada):
    id: Annotated[
        UUID | None, Field(description="Identificador propuesto: repetir el envío no la duplica.")
    ] = None
    unidad_id: UUID


class OfertaRecibo(BaseModel):
    """What is known of a closed bid: never a price."""

    id: UUID
    convocatoria_id: UUID
    unidad_id: UUID
    estado: str
    intento: int
    presentada_en: datetime
    terminada_en: datetime | None
    cantidad_lineas: int
    version: Annotated[int, Field(description="La de la convocatoria para la que se hizo.")]
    huella: Annotated[str, Field(description="SHA-256 del sobre cerrado.")]


class OfertaLineaSalida(BaseModel):
    item_id: UUID
    precio_unitario: PrecioUnitario
    total: Dinero
    marca: str
    detalle: str
    plazo_dias: int


class OfertaAbierta(OfertaRecibo):
    proveedor: UnidadResumen
    total: Dinero
    lineas: list[OfertaLineaSalida]
