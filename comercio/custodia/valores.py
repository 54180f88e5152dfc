"""What others know of the money of an order: frozen values, never the row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.custodia.compromiso import Garantia
from comercio.custodia.estados import TONOS, EstadoCustodia
from comercio.custodia.modelos import Custodia
from nucleo.dinero import cero


@dataclass(frozen=True, slots=True)
class DineroDePedido:
    """The money of an order as it was when asked. `queda` is held; `para_el_vendedor` is what of it would be
    the seller's once freed, without the commission, and `al_vendedor` what the ledger has moved to them.
    `porte` is what of its postage was not given back; `contra_entrega`, that it is paid at the door;
    `banco_desde`, since when a card's bank claims it. Of a commitment (`garantia`) all of it is budget, and
    no money until it is paid; `ejecutado` is what of it was spent."""

    pedido_id: UUID
    estado: EstadoCustodia
    monto: Money
    queda: Money
    porte: Money
    devuelto: Money
    porte_devuelto: Money
    comision: Money
    para_el_vendedor: Money
    al_vendedor: Money
    liberar_en: datetime | None
    banco_desde: datetime | None
    terminada_en: datetime | None
    contra_entrega: bool
    garantia: Garantia
    ejecutado: Money

    @property
    def por_cobrar(self) -> Money:
        """What is still to be paid at the door."""
        return self.monto if self.estado is EstadoCustodia.POR_COBRAR else cero()

    @property
    def comprometido(self) -> bool:
        """It holds a commitment of a public entity's budget."""
        return self.garantia is Garantia.COMPROMISO

    @property
    def por_reclamo(self) -> bool:
        """Whether it is held by a claim of who bought, and no bank's."""
        return self.estado is EstadoCustodia.CONGELADA and self.banco_desde is None

    @property
    def tono(self) -> str:
        return TONOS[self.estado]

    @classmethod
    def de(cls, fila: Custodia) -> "DineroDePedido":
        return cls(
            pedido_id=fila.pedido_id,
            estado=EstadoCustodia(fila.estado),
            monto=fila.monto,
            queda=fila.queda,
            porte=fila.porte - fila.porte_devuelto,
            devuelto=fila.devuelto,
            porte_devuelto=fila.porte_devuelto,
            comision=fila.comision_debida,
            para_el_vendedor=fila.monto - fila.devuelto - fila.comision_debida,
            al_vendedor=fila.al_vendedor,
            liberar_en=fila.liberar_en if fila.estado == EstadoCustodia.POR_LIBERAR else None,
            banco_desde=fila.banco_desde if fila.estado == EstadoCustodia.CONGELADA else None,
            terminada_en=fila.terminada_en,
            contra_entrega=fila.contra_entrega,
            garantia=Garantia(fila.garantia),
            ejecutado=fila.ejecutado,
        )


def dinero_de(sesion: Session, pedido_id: UUID) -> DineroDePedido:
    return DineroDePedido.de(sesion.get_one(Custodia, pedido_id))


def dineros_de(sesion: Session, pedidos: Collection[UUID]) -> dict[UUID, DineroDePedido]:
    filas = sesion.exec(select(Custodia).where(col(Custodia.pedido_id).in_(pedidos)))
    return {fila.pedido_id: DineroDePedido.de(fila) for fila in filas}
