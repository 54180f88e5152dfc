"""What crosses the API."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.catalogo import LINEAS_MAXIMAS, ClaseDeRebaja
from comercio.promociones.estados import Alcance, EstadoPromocion
from comercio.promociones.modelos import USOS_MAXIMOS
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entero, Entrada, Fecha, escrito

Cuanto = Annotated[
    DecimalPlano,
    Field(gt=0, le=100_000, decimal_places=2, description="Por ciento, o bolivianos, según la clase."),
]
Nombre = Annotated[str, escrito(80, 3)]
Codigo = Annotated[
    str, escrito(20, 4), Field(description="De 4 a 20 letras y cifras, sin tildes; da igual en mayúsculas.")
]
Usos = Annotated[Entero, Field(ge=1, le=USOS_MAXIMOS, description="Cuántas personas lo pueden usar.")]


class PromocionNueva(Entrada):
    unidad_id: UUID = Field(description="Unidad que vende; usted necesita la facultad VENDER.")
    nombre: Nombre
    clase: ClaseDeRebaja
    cuanto: Cuanto
    desde: Fecha
    hasta: Fecha = Field(description="El último día.")
    alcance: Alcance = Alcance.TIENDA
    variantes: Annotated[list[UUID], Field(max_length=LINEAS_MAXIMAS)] = Field(
        default_factory=list, description="De cuáles es, si no es de toda la tienda."
    )


class CuponNuevo(Entrada):
    unidad_id: UUID = Field(description="Unidad que vende; usted necesita la facultad VENDER.")
    codigo: Codigo
    clase: ClaseDeRebaja
    cuanto: Cuanto
    minimo: Dinero | None = Field(None, description="Desde cuánto en esa tienda; sin decirlo, desde nada.")
    usos: Usos
    desde: Fecha
    hasta: Fecha = Field(description="El último día.")


class CambioDeEstado(Entrada):
    estado: EstadoPromocion


class PromocionFicha(BaseModel):
    id: UUID
    unidad_id: UUID
    nombre: str
    clase: ClaseDeRebaja
    cuanto: DecimalPlano
    alcance: Alcance
    variantes: list[UUID]
    desde: datetime
    hasta: datetime = Field(description="Desde este instante ya no vale.")
    estado: EstadoPromocion


class CuponFicha(BaseModel):
    id: UUID
    unidad_id: UUID
    codigo: str
    clase: ClaseDeRebaja
    cuanto: DecimalPlano
    minimo: Dinero
    usos: int
    usados: int
    desde: datetime
    hasta: datetime = Field(description="Desde este instante ya no vale.")
    estado: EstadoPromocion


def en_cuanto(valor: int) -> Decimal:
    """Hundredths of one per cent, or centavos, as people say them."""
    return Decimal(valor) / 100
