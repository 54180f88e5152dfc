"""What crosses the API of refunds."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.dinero import Dinero
from nucleo.lectores import escrito
from pagos.devoluciones.modelos import Devolucion


class NuevaDevolucion(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    monto: Dinero
    saldo_reembolsable: Dinero = Field(
        description="El que usted vio. Si ya no es ese, la respuesta es 412 y no se devuelve nada."
    )
    nota: Annotated[str, escrito(200)] = ""


class DevolucionVista(BaseModel):
    id: UUID = Field(description="También es el identificador de la transferencia.")
    transferencia_id: UUID
    monto: Dinero
    nota: str
    creado_en: datetime

    @classmethod
    def de(cls, d: Devolucion) -> "DevolucionVista":
        return cls(
            id=d.id, transferencia_id=d.transferencia_id, monto=d.monto, nota=d.nota, creado_en=d.creado_en
        )


class DevolucionesVista(BaseModel):
    datos: list[DevolucionVista]
    siguiente: str | None = None
    saldo_reembolsable: Dinero = Field(description="Lo que todavía se puede devolver.")
    hasta: datetime = Field(description="Último instante en que se puede devolver.")
