"""What is asked and known of an order that holds a budget commitment: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from moneyed import Money

from comercio.custodia import EstadoCompromiso, QueSeDijo, SePagaCon
from comercio.direcciones import EntregaPedida
from comercio.formas import FormaDeEntrega


@dataclass(frozen=True, slots=True)
class OrdenDeEntidad:
    """What a public entity orders of the catalogue, against one certificate.

    `id` is of the purchase and is given by who asks: again with the same is the same purchase. It is of an
    offer that is held (`oferta_id`), at its price or a lower one of now. `total` is what they saw, with
    `porte`, the postage; if it is not that any more, nothing is bought. `certificacion_id` is the matter of
    the budget's account, `certificacion` its number as people read it. `cuenta_id`: the entity's account that
    pays on the day, unless it is paid by a C-31 (`se_paga_con`).
    """

    id: UUID
    entidad_id: UUID
    certificacion_id: UUID
    certificacion: str
    cuenta_id: int
    entrega: EntregaPedida
    total: Money
    porte: Money
    oferta_id: UUID
    formas: Mapping[UUID, FormaDeEntrega] = field(default_factory=dict)
    se_paga_con: SePagaCon = SePagaCon.CUENTA


@dataclass(frozen=True, slots=True)
class Dicho:
    """One thing that was said of a payment outside: by whom (nobody, of a silence), of which C-31, and
    when."""

    que: QueSeDijo
    comprobante: str
    fecha: date
    quien: str
    ocurrio_en: datetime


@dataclass(frozen=True, slots=True)
class CompromisoLeido:
    """The commitment of an order as it was when asked.

    `queda` is still committed, `liberado` went back to the certificate, `ejecutado` was spent of it.
    `recibido_en`: when it was delivered, the last time. `pagar_desde`: when its payment is due (None: not
    received conform yet, or `detenido` by a claim); while it is due and unpaid it is `por_pagar`, since
    `dias_de_mora` days, and `tarde` once its term passed, or owed. `responder_hasta`: until when who sells
    may say that what was paid outside did not come; silence says that it did, and until `desmentir_hasta`
    they may deny it. `se_corrige`: the C-31 that was said may be corrected. `adeudado` is what the entity
    owes of it: nobody paid it in its term, or who sells says that it did not come. `que_hacer` is how its
    people pay what is due; `cuenta_id`, the entity's account that pays it, unless by a C-31 (`se_paga_con`).
    """

    pedido_id: UUID
    pedido_numero: str
    compra_id: UUID
    entidad_id: UUID
    vendedor_id: UUID
    vendedor_nombre: str
    certificacion_id: UUID
    certificacion: str
    estado: EstadoCompromiso
    monto: Money
    queda: Money
    liberado: Money
    ejecutado: Money
    adeudado: Money
    recibido_en: datetime | None
    pagar_desde: datetime | None
    detenido: bool
    por_pagar: bool
    dias_de_mora: int
    tarde: bool
    comprobante: str
    comprobante_fecha: date | None
    responder_hasta: datetime | None
    desmentir_hasta: datetime | None
    se_corrige: bool
    se_paga_con: SePagaCon
    que_hacer: str
    cuenta_id: int


@dataclass(frozen=True, slots=True)
class Vendido:
    """At which price the one thing of an order was sold, and what was taken off its amount."""

    precio: Money
    descuento: Money
    costo: Money
