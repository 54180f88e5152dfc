"""What crosses the API."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.compra import PedidoBreve
from comercio.por_pagar.estados import EstadoPorPagar
from nucleo.dinero import Dinero


class CompraPorPagar(BaseModel):
    """A purchase that a card pays."""

    id: UUID
    estado: EstadoPorPagar
    total: Dinero
    vence_en: datetime = Field(description="Hasta cuándo queda apartado lo que compra.")
    pagar_en: str | None = Field(description="La página de la pasarela donde se paga, mientras espera.")
    pedidos: list[PedidoBreve]
