"""What the systems of the units in a reserve are told, under the event's name: the types of its webhooks."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from nucleo.dinero import Dinero, de_centavos
from nucleo.eventos import EventoRecibido
from nucleo.textos import perezoso as _l
from nucleo.webhooks import tipo_de_webhook
from pagos.reservas import eventos
from pagos.reservas.modelos import Reserva


class ReservaParaAfuera(BaseModel):
    reserva_id: UUID
    debito: int
    credito: int
    monto: Dinero = Field(description="Lo reservado.")
    confirmado: Dinero = Field(description="Lo que se pagó de ello.")
    estado: str = Field(description="El que tenía al ocurrir.")


_EJEMPLO = {
    "reserva_id": "0197a6c0-0000-7000-8000-000000000003",
    "debito": 17,
    "credito": 23,
    "monto": {"monto": "120.00", "moneda": "BOB"},
    "confirmado": {"monto": "0.00", "moneda": "BOB"},
}

for _tipo, _dice, _estado in (
    (eventos.RESERVA_HECHA, _l("Se reservó dinero de una cuenta de la unidad, o para ella."), "abierta"),
    (eventos.RESERVA_CONFIRMADA, _l("Una reserva se pagó, entera o en parte."), "confirmada"),
    (eventos.RESERVA_ANULADA, _l("Una reserva se anuló y el dinero volvió."), "anulada"),
    (eventos.RESERVA_VENCIDA, _l("Una reserva venció sin pagarse y el dinero volvió."), "vencida"),
):
    tipo_de_webhook(_tipo, _dice, ReservaParaAfuera, _EJEMPLO | {"estado": _estado})


def para_afuera(reserva: Reserva, evento: EventoRecibido) -> dict[str, Any]:
    """The data of the message about an event of a reserve."""

    def monto(centavos: int) -> dict[str, str]:
        return {"monto": f"{de_centavos(centavos).amount:.2f}", "moneda": "BOB"}

    return {
        "reserva_id": str(reserva.id),
        "debito": reserva.debito,
        "credito": reserva.credito,
        "monto": {"monto": f"{reserva.monto.amount:.2f}", "moneda": "BOB"},
        "confirmado": monto(evento.datos["confirmado"]),
        "estado": evento.datos["estado"],
    }
