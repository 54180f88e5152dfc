"""What crosses the API of a process without a call."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from feria_inversa.ofertas import LineaEntrada
from feria_inversa.procesos import ITEMS_MAXIMOS, NORMA, Cuce, Texto
from nucleo.lectores import Entrada

COTIZACIONES_MAXIMAS = 20


class CotizacionEntrada(Entrada):
    """What a supplier quoted, as the entity has it in writing."""

    proveedor_id: UUID
    lineas: Annotated[list[LineaEntrada], Field(min_length=1, max_length=ITEMS_MAXIMOS)]


class SinConvocatoriaEntrada(Entrada):
    modalidad: Annotated[str, Field(max_length=10, examples=["CD"])]
    norma: Annotated[
        str | None, Field(pattern=NORMA, description="De qué norma es la modalidad; si falta, NB-SABS antes.")
    ] = None
    causa: Annotated[
        Texto, Field(min_length=10, max_length=1000, description="Por qué no hay convocatoria; será pública.")
    ]
    cotizaciones: Annotated[list[CotizacionEntrada], Field(min_length=1, max_length=COTIZACIONES_MAXIMAS)]
    ejecutora: Annotated[str | None, Field(pattern=r"^[0-9]{2}$")] = None
    cuce: Annotated[Cuce | None, Field(description="El que ya tiene en SICOES, terminado en 0-E.")] = None
