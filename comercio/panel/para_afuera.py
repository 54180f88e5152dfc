"""What a seller's own system is told of its orders, by webhook."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel import Session

from comercio.catalogo import Modalidad
from comercio.compra import EstadoPedido
from comercio.compra.eventos import PEDIDO_CONFIRMADO, PEDIDO_PAGADO
from comercio.compra.modelos import Pedido
from comercio.pedidos.eventos import (
    PEDIDO_CANCELADO,
    PEDIDO_CONCLUIDO,
    PEDIDO_DESPACHADO,
    PEDIDO_EN_PREPARACION,
    PEDIDO_ENTREGADO,
)
from nucleo.dinero import Dinero
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import perezoso as _l
from nucleo.webhooks import encolar, tipo_de_webhook


class PedidoParaAfuera(BaseModel):
    pedido_id: UUID
    numero: str
    estado: EstadoPedido = Field(
        description="El que tenía al ocurrir; léalo otra vez para saber el de ahora."
    )
    modalidad: Modalidad
    total: Dinero
    despachar_hasta: datetime


_EJEMPLO = {
    "pedido_id": "01900000-0000-7000-8000-000000000001",
    "numero": "P-000018",
    "modalidad": "envio",
    "total": {"monto": "180.00", "moneda": "BOB"},
    "despachar_hasta": "2026-03-04T23:59:59-04:00",
}
_E = EstadoPedido
TIPOS = {
    PEDIDO_CONFIRMADO: (_E.CONFIRMADO, _l("Alguien compró: pagará al recibir.")),
    PEDIDO_PAGADO: (_E.PAGADO, _l("Alguien compró: el dinero está en custodia.")),
    PEDIDO_EN_PREPARACION: (_E.EN_PREPARACION, _l("Un pedido se está preparando.")),
    PEDIDO_DESPACHADO: (_E.DESPACHADO, _l("El correo recibió todo un pedido.")),
    PEDIDO_ENTREGADO: (_E.ENTREGADO, _l("Quien compró recibió todo, o dio su conformidad.")),
    PEDIDO_CONCLUIDO: (_E.CONCLUIDO, _l("El dinero de un pedido llegó a su destino.")),
    PEDIDO_CANCELADO: (_E.CANCELADO, _l("Un pedido se canceló: lo pagado volvió.")),
}
"""By event: the state of the order then, and what happened."""


def _avisar(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos: dict[str, Any] = {
        "pedido_id": str(pedido.id),
        "numero": pedido.numero,
        "estado": str(TIPOS[evento.tipo][0]),
        "modalidad": pedido.modalidad,
        "total": {"monto": f"{pedido.total.amount:.2f}", "moneda": "BOB"},
        "despachar_hasta": pedido.despachar_hasta.isoformat(),
    }
    encolar(sesion, pedido.vendedor_id, evento.tipo, datos)


for _tipo, (_estado, _dice) in TIPOS.items():
    tipo_de_webhook(_tipo, _dice, PedidoParaAfuera, _EJEMPLO | {"estado": str(_estado)})
    al_ocurrir(_tipo, consumidor="comercio.avisar_al_sistema")(_avisar)
