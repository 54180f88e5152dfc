"""What crosses the API."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from nucleo.lectores import DecimalPlano, PrecioUnitario
from nucleo.paginacion import Pagina


class DispersionSalida(BaseModel):
    """Cómo se reparten los precios de lo mismo. Los cuartiles son precios que hubo."""

    precios: int
    procesos: int
    entidades: int
    desde: date
    hasta: date
    dice_un_precio: Annotated[
        bool, Field(description="Falso si son pocos o demasiado distintos: entonces no hay montos.")
    ]
    minimo: PrecioUnitario | None = None
    cuartil_1: PrecioUnitario | None = None
    mediana: PrecioUnitario | None = None
    cuartil_3: PrecioUnitario | None = None
    maximo: PrecioUnitario | None = None


class FueraSalida(BaseModel):
    """Líneas cuyo precio no se mira."""

    por_total_distinto: int
    sin_precio: int


class PrecioDeProceso(BaseModel):
    cuce: str | None
    entidad: str | None
    dia: date
    referencial: PrecioUnitario | None
    adjudicado: PrecioUnitario | None


class PreciosSalida(BaseModel):
    """Lo que es lo mismo: las mismas palabras, en la misma unidad con el mismo contenido."""

    id: UUID
    que: str
    unidad_medida: str
    contenido: DecimalPlano | None
    contenido_unidad: str | None
    adjudicado: DispersionSalida | None
    fuera_de_adjudicado: FueraSalida
    referencial: DispersionSalida | None
    fuera_de_referencial: FueraSalida
    calculado_en: datetime
    muestra: Annotated[
        list[PrecioDeProceso], Field(description="Si ninguno dice un precio, algunos de los que hay.")
    ]


PaginaDePrecios = Pagina[PreciosSalida]
