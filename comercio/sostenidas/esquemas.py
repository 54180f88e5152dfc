"""What crosses the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.sostenidas.estados import EstadoOferta
from comercio.sostenidas.modelos import DIAS_MAXIMOS
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entero, Entrada, escrito

Dias = Annotated[int, Field(ge=1, le=DIAS_MAXIMOS)]


class OfertaPedida(Entrada):
    unidad_id: UUID = Field(description="La entidad pública, con la facultad de comprar.")
    producto_id: UUID = Field(description="El producto, o la variante si tiene varias.")
    cantidad: Annotated[DecimalPlano, Field(gt=0, le=1_000_000)]
    dias: Annotated[Entero, Field(ge=1, le=DIAS_MAXIMOS)] = Field(description="Cuántos días la sostiene.")
    busqueda_id: UUID | None = Field(None, description="La búsqueda congelada que llevó a ella.")


class RespuestaDeOferta(Entrada):
    sostener: bool
    motivo: Annotated[str, escrito(300)] = Field("", description="Por qué no, si no.")


class ConsentimientoDeOfertas(Entrada):
    """Up to how many days and how much money an offer is held without asking; without both, each is asked."""

    dias: Annotated[Entero, Field(ge=1, le=DIAS_MAXIMOS)] | None = None
    importe_maximo: Dinero | None = None


class OfertaFicha(BaseModel):
    id: UUID
    estado: EstadoOferta
    entidad_id: UUID
    entidad: str
    vendedor_id: UUID
    producto_id: UUID
    variante_id: UUID
    titulo: str
    sku: str
    unidad_medida: str
    cantidad: DecimalPlano
    precio: Dinero
    importe: Dinero
    dias: int
    busqueda_id: UUID | None
    pedida_en: datetime
    vence_en: datetime | None = Field(description="Hasta cuándo se responde o, ya sostenida, hasta cuándo.")
    motivo: str


class PaginaDeOfertas(BaseModel):
    datos: list[OfertaFicha]
    siguiente: str | None
