"""What a unit's own systems are told of its orders, under the event's name: the types of its webhooks."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from nucleo.dinero import Dinero, de_centavos
from nucleo.eventos import EventoRecibido
from nucleo.textos import perezoso as _l
from nucleo.webhooks import tipo_de_webhook
from pagos.cobros import eventos
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.modelos import Orden


class OrdenParaAfuera(BaseModel):
    orden_id: UUID
    cpt: str = Field(description="El código con que se paga.")
    referencia: str | None = Field(description="La que puso quien la emitió.")
    estado: str = Field(description="El que tenía al ocurrir; léala otra vez para saber el de ahora.")


class OrdenConPago(OrdenParaAfuera):
    pago_id: UUID
    monto: Dinero = Field(description="De este pago.")
    pagado: Dinero = Field(description="De la orden, hasta este pago.")
    total: Dinero


class OrdenConDevolucion(OrdenParaAfuera):
    devuelto: Dinero = Field(description="De lo pagado, lo que volvió a quien pagó.")
    devolucion: str = Field(description="ninguna, parcial o total.")
    pago_id: UUID | None = None
    monto: Dinero | None = None
    pagado: Dinero | None = None
    total: Dinero | None = None


_BOB = {"moneda": "BOB"}
_ORDEN = {
    "orden_id": "0197a6c0-0000-7000-8000-000000000001",
    "cpt": "4821-0937-5514",
    "referencia": "PAT-2026-1",
}
_CON_PAGO = _ORDEN | {
    "pago_id": "0197a6c0-0000-7000-8000-000000000002",
    "monto": {"monto": "25.50"} | _BOB,
    "total": {"monto": "75.50"} | _BOB,
}
_TOTAL = {"monto": "75.50"} | _BOB

tipo_de_webhook(
    eventos.ORDEN_PAGADA,
    _l("Un pago completó una orden de cobro."),
    OrdenConPago,
    _CON_PAGO | {"estado": "pagada", "pagado": _TOTAL},
)
tipo_de_webhook(
    eventos.ORDEN_PAGADA_EN_PARTE,
    _l("Una orden de cobro recibió un pago y le falta."),
    OrdenConPago,
    _CON_PAGO | {"estado": "pagada_en_parte", "pagado": {"monto": "25.50"} | _BOB},
)
tipo_de_webhook(
    eventos.ORDEN_DEVUELTA,
    _l("Volvió a quien pagó algo de lo que una orden recibió, o el banco lo deshizo."),
    OrdenConDevolucion,
    _ORDEN | {"estado": "pagada", "devuelto": {"monto": "25.50"} | _BOB, "devolucion": "parcial"},
)
tipo_de_webhook(
    eventos.ORDEN_VENCIDA,
    _l("Una orden venció sin pagarse."),
    OrdenParaAfuera,
    _ORDEN | {"estado": "vencida"},
)
tipo_de_webhook(
    eventos.ORDEN_ANULADA,
    _l("Quien emitió una orden la anuló."),
    OrdenParaAfuera,
    _ORDEN | {"estado": "anulada"},
)


def para_afuera(orden: Orden, evento: EventoRecibido) -> dict[str, Any]:
    """The data of the message about an event of an order."""
    datos: dict[str, Any] = {
        "orden_id": str(orden.id),
        "cpt": formato_cpt(orden.cpt),
        "referencia": orden.referencia,
        "estado": evento.datos["estado"],
    }
    for campo in ("monto", "pagado", "total", "devuelto"):
        if campo in evento.datos:
            datos[campo] = {"monto": f"{de_centavos(evento.datos[campo]).amount:.2f}", "moneda": "BOB"}
    for campo in ("pago_id", "devolucion"):
        if campo in evento.datos:
            datos[campo] = evento.datos[campo]
    return datos
