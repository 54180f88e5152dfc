"""What crosses the API of the award."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from feria_inversa.procesos import ITEMS_MAXIMOS, Texto
from nucleo.lectores import Entrada


class DecisionEntrada(Entrada):
    item_id: Annotated[
        UUID, Field(description="El ítem; donde se adjudica por lote o por el total, uno de los suyos.")
    ]
    oferta_id: Annotated[
        UUID | None, Field(description="La oferta que gana el ítem; null lo declara desierto.")
    ]
    motivo: Annotated[Texto, Field(max_length=1000)] = ""


class AdjudicacionEntrada(Entrada):
    """One decision for everything that the call awards at once: each item, each lot, or all."""

    decisiones: Annotated[list[DecisionEntrada], Field(min_length=1, max_length=ITEMS_MAXIMOS)]
