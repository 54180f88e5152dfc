"""What crosses the API."""

from pydantic import BaseModel, Field

from comercio.catalogo import ProductoBreve


class ValorFicha(BaseModel):
    valor: str
    productos: int


class FacetasFicha(BaseModel):
    """How many products each choice would leave, whatever was chosen of the same kind."""

    total: int
    hay_mas: bool = Field(description="El recuento se detuvo en `total`.")
    categorias: dict[str, int]
    departamentos: dict[str, int]
    atributos: dict[str, list[ValorFicha]] = Field(
        description="De la categoría pedida, los valores más frecuentes: `atributo=nombre:valor`."
    )
    de_muestra: list[str] = Field(
        description="Las clases que se contaron sobre una muestra: hay más de lo que dicen sus números."
    )


class PaginaProductos(BaseModel):
    datos: list[ProductoBreve]
    siguiente: str | None
    facetas: FacetasFicha
    entendido: str | None = Field(description="Lo que se buscó cuando no es lo que se escribió.")
