"""What crosses the API."""

from typing import Annotated

from pydantic import StringConstraints

from envios.items import Entrada
from nucleo.lectores import escrito


class EntregaPorRegistrar(Entrada):
    codigo_entrega: Annotated[str, escrito(20, 1)]
    receptor_nombre: Annotated[str, escrito(120)] = ""
    evento_cliente_id: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{0,64}$")] = ""
    lugar: Annotated[str, escrito(120)] = ""
