"""What crosses the API of the feed and the history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from empresa_digital.registro.asientos import Operacion


class CambioSalida(BaseModel):
    numero: int = Field(description="Orden único y sin huecos de todos los asientos.")
    unidad: str
    secuencia: int
    operacion: Operacion
    instante: datetime
    datos: dict[str, Any] | None = Field(description="Nulo cuando el contenido es reservado.")
    huella: str
    huella_anterior: str | None


class CambiosSalida(BaseModel):
    datos: list[CambioSalida]
    hasta: int = Field(description="Pida la próxima vez `desde` este número.")


class AsientoSalida(BaseModel):
    secuencia: int
    instante: datetime
    operacion: Operacion
    actor_tipo: str
    actor_id: UUID | None
    por_unidad_id: UUID | None
    mandato_id: UUID | None
    datos: dict[str, Any]
    huella: str
