"""What crosses the API."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from nucleo.lectores import Entrada, escrito


class LugarNuevo(Entrada):
    """A place of dispatch that a seller opens, in their own municipality."""

    unidad_id: UUID = Field(description="Unidad que vende.")
    nombre: Annotated[str, escrito(80, 2)]
    referencia: Annotated[str, escrito(300, 5)] = Field(description="Calle o zona, y algo que se reconozca.")


class LugarLeido(BaseModel):
    id: UUID
    nombre: str
    municipio_ine: str | None
    referencia: str
    principal: bool
    abierto: bool
    variantes: int = Field(description="De cuántas variantes hay existencia.")
    pedidos: int = Field(description="Pedidos que salen o salieron de ahí y no terminaron.")


class LugaresLeidos(BaseModel):
    datos: list[LugarLeido]
