"""What crosses the API."""

from uuid import UUID

from pydantic import BaseModel, Field

from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano


class FavoritoFicha(BaseModel):
    producto_id: UUID
    titulo: str
    vendedor: str
    precio: Dinero = Field(description="El de hoy, con su promoción; de uno con varias variantes, el menor.")
    precio_antes: Dinero = Field(description="El que tenía cuando lo guardó.")
    disponible: DecimalPlano
    se_compra: bool = Field(description="Si hoy se puede comprar.")
