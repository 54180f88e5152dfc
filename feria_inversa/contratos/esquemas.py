"""What crosses the API of the purchase orders."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from feria_inversa.entidades import UnidadResumen
from feria_inversa.procesos import Texto
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entrada, PrecioUnitario


class OrdenLineaSalida(BaseModel):
    numero_item: int
    descripcion: str
    marca: str
    cantidad: DecimalPlano
    unidad_medida: str
    precio_unitario: PrecioUnitario
    total: Dinero


class OrdenSalida(BaseModel):
    id: UUID
    numero: str
    convocatoria_id: UUID
    cuce: str
    entidad: UnidadResumen
    proveedor: UnidadResumen
    total: Dinero
    plazo_dias: int
    emitida_en: datetime
    lineas: list[OrdenLineaSalida]


class SinEfectoEntrada(Entrada):
    """An award that falls before its order."""

    item_id: UUID
    causa: Annotated[
        Literal["desistido", "descalificado"],
        Field(description="Desistió quien ganó, o la entidad lo descalifica."),
    ]
    explicacion: Annotated[Texto, Field(min_length=10, max_length=1000, description="Será pública.")]
