"""What crosses the API."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.compra import PedidoBreve
from comercio.por_pagar.con_qr import CompraPorQr
from comercio.por_pagar.estados import EstadoPorPagar, Medio
from nucleo.dinero import Dinero
from nucleo.lectores import Entero, Entrada, escrito
from pagos.tarjetas import EstadoDisputa, EstadoRespuesta


class CompraPorPagar(BaseModel):
    """A purchase that a card or a QR pays."""

    id: UUID
    medio: Medio
    estado: EstadoPorPagar
    total: Dinero
    vence_en: datetime = Field(description="Hasta cuándo queda apartado lo que compra.")
    pagar_en: str | None = Field(description="La página de la pasarela donde se paga, mientras espera.")
    qr: str | None = Field(description="El texto del código QR con que se paga, mientras espera.")
    pedidos: list[PedidoBreve]


class CompraLeida(BaseModel):
    """What who reads the code of a purchase sees."""

    estado: EstadoPorPagar
    total: Dinero
    vendedores: list[str]
    vence_en: datetime

    @classmethod
    def de(cls, compra: CompraPorQr) -> Self:
        return cls(
            estado=compra.estado,
            total=compra.total,
            vendedores=list(compra.vendedores),
            vence_en=compra.vence_en,
        )


class PagoPorQr(Entrada):
    cuenta: Annotated[Entero, Field(ge=1, lt=2**63)] = Field(description="De qué cuenta suya sale.")
    total: Dinero = Field(description="Lo que cuesta, como lo vio.")


class RespuestaAlBanco(Entrada):
    """Lo que dice al banco quien vendió un pedido."""

    explicacion: Annotated[str, escrito(1000, 20)] = Field(
        description="Por qué el cobro es correcto: qué le compraron, cómo lo entregó."
    )


class ReclamoDelBancoFicha(BaseModel):
    """What a bank claims of the payment of an order, and what its seller answered."""

    estado: EstadoDisputa
    monto: Dinero = Field(description="De toda la compra, que puede ser de varios pedidos.")
    desde: datetime
    responder_hasta: datetime = Field(description="Hasta cuándo puede responder quien vendió.")
    explicacion: str | None = Field(description="Lo que respondió quien vendió.")
    respondido_en: datetime | None
    respuesta: EstadoRespuesta | None = Field(
        description="Dónde está la respuesta de toda la compra; `enviada`: el banco la tiene."
    )
