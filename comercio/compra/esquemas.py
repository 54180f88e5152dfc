"""What crosses the API, and what a purchase is asked with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from moneyed import Money
from pydantic import BaseModel, Field, StringConstraints

from comercio.carrito import LineaPedida
from comercio.carrito.modelos import LINEAS_MAXIMAS
from comercio.catalogo import Modalidad, VendedorDePedido
from comercio.compra.estados import EstadoPedido
from comercio.custodia import Certificacion, SePagaCon
from comercio.direcciones import EntregaPedida
from comercio.formas import FormaDeEntrega
from comercio.promociones import Codigo
from nucleo.dinero import Dinero
from nucleo.ids import IdElegido
from nucleo.lectores import Entrada, Nit, escrito


class Factura(Entrada):
    """In whose name the sellers bill it."""

    nombre: Annotated[str, escrito(200, 2)]
    nit: Nit


class Regalo(Entrada):
    """It is for somebody else: what goes with it says no prices."""

    mensaje: Annotated[str, escrito(300, 2)] | None = Field(None, description="Lo que lleva escrito.")


class FormaElegida(Entrada):
    """How what a seller sells is received."""

    vendedor_id: UUID
    forma: FormaDeEntrega


def por_vendedor(formas: list[FormaElegida]) -> dict[UUID, FormaDeEntrega]:
    return {x.vendedor_id: x.forma for x in formas}


class CompraNueva(Entrada):
    """Buy the cart, or the given lines (then the cart is not touched)."""

    id: IdElegido | None = Field(
        None, description="Identificador de la compra elegido por quien compra (UUID)."
    )
    lineas: Annotated[list[LineaPedida], Field(min_length=1, max_length=LINEAS_MAXIMAS)] | None = None
    entrega: EntregaPedida
    unidad_id: UUID | None = Field(
        None, description="Unidad para la que compra, con la facultad de comprar; sin decirlo, para usted."
    )
    factura: Factura | None = Field(
        None, description="A nombre de quién; de una unidad con NIT, sin decirlo, al suyo."
    )
    formas: Annotated[list[FormaElegida], Field(max_length=LINEAS_MAXIMAS)] = Field(
        [],
        description="Cómo se recibe lo de cada vendedor; sin decirlo, por correo, si lo ofrece.",
    )
    regalo: Regalo | None = Field(None, description="Si es un regalo: su nota no lleva precios.")
    cupon: Codigo | None = Field(None, description="El del carrito, si lo compra y no dice otro.")
    contra_entrega: bool = Field(
        False,
        description="Se paga al recibir: lo cobra en la puerta quien lo lleva. Solo para usted, por correo, "
        "de quien lo acepta y hasta el tope.",
    )
    total: Dinero | None = Field(
        None, description="Lo que usted espera pagar, con el envío; si ya no es ese, 409."
    )
    porte: Dinero | None = Field(
        None,
        description="Lo que espera pagar de envío (`GET /carrito/portes`); si ya no es ese, 409. "
        "Sin decirlo, ni el total, nada.",
    )
    huella: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


@dataclass(frozen=True, slots=True)
class Sostenido:
    """The row of stock in which the only line of a purchase was reserved before, and its price agreed on."""

    existencia_id: UUID
    precio: Money


@dataclass(frozen=True, slots=True)
class CompromisoDeCompra:
    """Of which certificate a public entity commits what it buys, from which account it pays, or by a C-31,
    and what was reserved for it before, if an offer was held."""

    certificacion: Certificacion
    cuenta_id: int
    se_paga_con: SePagaCon
    sostenido: Sostenido | None = None


@dataclass(frozen=True, slots=True)
class SolicitudCompra:
    """What the buyer asks for. `id` is theirs: sending the same purchase again gives the same purchase.

    `lineas` are (variant, quantity); without them the cart is bought. `huella` or `total` say what the buyer
    saw; without either, the prices kept in the cart do. `porte` is what of postage they saw, which `total`
    has too; without either, nothing. `unidad_id`: for which unit they buy, if for one.
    `formas`: how they want what each seller sells; without it, by post; `entrega` has a place, unless all of
    it is picked up. `cupon`: the code that they use; of the cart, without saying so, the one that it has.
    `contra_entrega`: it is paid at the door.
    `por_pagar`: its money comes afterwards, and until then the cart stays as it is (`comercio.por_pagar`).
    `compromiso`: a public entity commits its budget in the place of the money (`comercio.comprometidos`).
    """

    id: UUID
    entrega: EntregaPedida
    lineas: tuple[tuple[UUID, Decimal | int], ...] | None = None
    huella: str | None = None
    total: Money | None = None
    porte: Money | None = None
    unidad_id: UUID | None = None
    factura: Factura | None = None
    formas: Mapping[UUID, FormaDeEntrega] = field(default_factory=dict)
    regalo: Regalo | None = None
    cupon: str | None = None
    por_pagar: bool = False
    contra_entrega: bool = False
    compromiso: CompromisoDeCompra | None = None


class PorteDelCarrito(BaseModel):
    """What a seller charges for a way of delivery to a place."""

    vendedor_id: UUID
    vendedor_nombre: str
    forma: FormaDeEntrega
    porte: Dinero | None = Field(description="Lo que paga quien compra; nulo: nadie lo lleva ahí.")
    operador: str | None = Field(description="De quién es la tarifa, si es de un operador.")
    servicio: str | None
    dias: int | None = Field(description="Días hábiles desde que el operador lo recibe.")


class PortesDelCarrito(BaseModel):
    lugar: str
    datos: list[PorteDelCarrito]


class PedidoBreve(BaseModel):
    id: UUID
    numero: str
    compra_id: UUID
    estado: EstadoPedido
    modalidad: Modalidad
    forma: FormaDeEntrega | None = Field(description="Cómo se recibe; un servicio no tiene.")
    vendedor: VendedorDePedido
    total: Dinero
    envio_numero: str | None
    creado_en: datetime


class CompraFicha(BaseModel):
    id: UUID
    total: Dinero
    pedidos: list[PedidoBreve]
