"""What crosses the API of the bids."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from feria_inversa.entidades import UnidadResumen
from feria_inversa.procesos import ITEMS_MAXIMOS, PlazoDias, Texto
from nucleo.dinero import Dinero
from nucleo.lectores import Entrada, PrecioUnitario


class LineaEntrada(Entrada):
    item_id: UUID
    precio_unitario: PrecioUnitario
    marca: Annotated[
        Texto, Field(min_length=1, max_length=120, description="Marca, procedencia o «artesanal».")
    ]
    detalle: Annotated[Texto, Field(max_length=1000)] = ""
    plazo_dias: PlazoDias


class OfertaEntrada(Entrada):
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
