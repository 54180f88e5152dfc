"""What crosses the API of the appeals."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from feria_inversa.entidades import UnidadResumen
from feria_inversa.procesos import Texto
from nucleo.lectores import Entrada


class ImpugnacionEntrada(Entrada):
    item_id: UUID
    unidad_id: UUID
    motivo: Annotated[Texto, Field(min_length=10, max_length=3000, description="Será público.")]


class ResolucionDeImpugnacion(Entrada):
    decision: Literal["rechazada", "confirmada", "revocada", "anulada"]
    fundamento: Annotated[Texto, Field(min_length=10, max_length=3000, description="Será público.")]


class ImpugnacionSalida(BaseModel):
    id: UUID
    convocatoria_id: UUID
    numero_item: int
    unidad: UnidadResumen
    estado: Literal["presentada", "rechazada", "confirmada", "revocada", "anulada", "retirada", "sin_objeto"]
    motivo: str
    presentada_en: datetime
    resolver_hasta: Annotated[datetime, Field(description="Sin resolución, la decisión queda confirmada.")]
    resuelta_en: datetime | None
    fundamento: str | None
    tacita: Annotated[bool | None, Field(description="Si terminó porque nadie la resolvió.")]
