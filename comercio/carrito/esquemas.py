"""What crosses the API."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from comercio.carrito.modelos import CANTIDAD_MAXIMA
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entrada
from nucleo.textos import gettext as _

Cantidad = Annotated[DecimalPlano, Field(gt=0, le=CANTIDAD_MAXIMA, decimal_places=4)]


class LineaPedida(Entrada):
    """`variante_id`, or `producto_id` alone of a product that has one variant."""

    producto_id: UUID | None = None
    variante_id: UUID | None = None
    cantidad: Cantidad = Field(
        description="Entera, o con decimales si se vende por kilo, metro, litro u hora."
    )

    @model_validator(mode="after")
    def _dice_cual(self) -> Self:
        if self.producto_id is None and self.variante_id is None:
            raise ValueError(_("Diga qué variante quiere, o el producto si tiene una sola."))
        return self

    @property
    def pedido(self) -> UUID:
        """The id that says what is wanted; the variant's before the product's."""
        elegido = self.variante_id or self.producto_id
        assert elegido is not None
        return elegido


class LineaCambiada(Entrada):
    cantidad: Annotated[
        DecimalPlano, Field(ge=0, le=CANTIDAD_MAXIMA, decimal_places=4, description="0 quita la línea.")
    ]


class LineaCarritoFicha(BaseModel):
    producto_id: UUID
    variante_id: UUID
    titulo: str
    opcion: str = Field(description="Lo que distingue a la variante; vacío si es la única.")
    unidad_medida: str
    cantidad: DecimalPlano
    precio: Dinero
    precio_visto: Dinero
    importe: Dinero
    disponible: DecimalPlano
    problema: Literal["no_disponible", "sin_existencia"] | None


class CarritoFicha(BaseModel):
    lineas: list[LineaCarritoFicha]
    total: Dinero
    huella: str = Field(description="Resumen de variantes, cantidades y precios que se muestran.")
