"""What crosses the API."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from comercio.carrito.modelos import CANTIDAD_MAXIMA
from comercio.promociones import Codigo
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


class CuponDelCarrito(Entrada):
    codigo: Codigo | None = Field(None, description="Sin código, se quita el que tenía.")


class CuponCarritoFicha(BaseModel):
    codigo: str
    descuento: Dinero
    problema: str = Field(description="Por qué no vale ahora; vacío si vale.")


class LineaCarritoFicha(BaseModel):
    producto_id: UUID
    variante_id: UUID
    titulo: str
    opcion: str = Field(description="Lo que distingue a la variante; vacío si es la única.")
    unidad_medida: str
    cantidad: DecimalPlano
    precio: Dinero = Field(description="Lo que se paga por uno, con su promoción.")
    antes: Dinero | None = Field(description="El menor precio que tuvo antes de la promoción, si fue mayor.")
    precio_visto: Dinero
    rebaja: Dinero = Field(description="Lo que la promoción descuenta de la línea.")
    importe: Dinero = Field(description="Lo que se paga por la línea, antes del cupón.")
    disponible: DecimalPlano
    problema: Literal["no_disponible", "sin_existencia"] | None


class CarritoFicha(BaseModel):
    lineas: list[LineaCarritoFicha]
    cupon: CuponCarritoFicha | None
    total: Dinero
    huella: str = Field(description="Resumen de variantes, cantidades, precios y cupón que se muestran.")
