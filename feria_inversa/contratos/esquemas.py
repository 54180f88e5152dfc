"""What crosses the API of the purchase orders."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from feria_inversa.entidades import UnidadResumen
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, PrecioUnitario


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
