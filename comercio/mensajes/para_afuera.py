"""What a seller's own system is told by webhook: that there is a message of an order, not what it says."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.mensajes import eventos
from comercio.mensajes.modelos import Mensaje
from comercio.reclamos import Lado
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import perezoso as _l
from nucleo.webhooks import encolar, tipo_de_webhook


class MensajeParaAfuera(BaseModel):
    pedido_id: UUID
    pedido_numero: str
    mensaje_id: UUID
    numero: int = Field(description="Su lugar entre los del pedido; léalo en `/pedidos/{pedido_id}/mensajes`")
    con_archivo: bool
    escrito_en: datetime


tipo_de_webhook(
    eventos.MENSAJE_ESCRITO,
    _l("Quien compró le escribió por un pedido."),
    MensajeParaAfuera,
    {
        "pedido_id": "01900000-0000-7000-8000-000000000001",
        "pedido_numero": "P-000018",
        "mensaje_id": "01900000-0000-7000-8000-000000000002",
        "numero": 1,
        "con_archivo": False,
        "escrito_en": "2026-03-04T10:15:00-04:00",
    },
)


@al_ocurrir(eventos.MENSAJE_ESCRITO, consumidor="comercio.avisar_mensaje_al_sistema")
def avisar_al_sistema(sesion: Session, evento: EventoRecibido) -> None:
    mensaje = sesion.get_one(Mensaje, evento.objeto_id)
    if mensaje.lado != Lado.COMPRADOR:
        return
    pedido = sesion.get_one(Pedido, mensaje.pedido_id)
    datos = {
        "pedido_id": str(pedido.id),
        "pedido_numero": pedido.numero,
        "mensaje_id": str(mensaje.id),
        "numero": mensaje.numero,
        "con_archivo": mensaje.archivo_id is not None,
        "escrito_en": mensaje.escrito_en.isoformat(),
    }
    encolar(sesion, pedido.vendedor_id, evento.tipo, datos)
