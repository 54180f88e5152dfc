"""What went back of what orders received: to the wallet that paid, or to the card. Read from where it is
written down, never copied: an order and its receipts cannot say anything else."""

from collections.abc import Collection, Sequence
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from nucleo.dinero import bs
from pagos.cobros.modelos import Pago
from pagos.devoluciones import devuelto_de
from pagos.libro import Codigo
from pagos.libro.modelos import Transferencia
from pagos.tarjetas import devuelto_a_tarjetas, intento_por_id, saldo_reembolsable


def devuelto_por_pago(sesion: Session, pagos: Sequence[Pago]) -> dict[UUID, Money]:
    """How much of each payment went back; every payment is in the answer."""
    billetera = devuelto_de(sesion, [p.transferencia_id for p in pagos if p.medio == "billetera"])
    tarjeta = devuelto_a_tarjetas(sesion, [p.id for p in pagos if p.medio == "tarjeta"])
    vuelto = {p.id: billetera.get(p.transferencia_id, tarjeta.get(p.id, bs(0))) for p in pagos}
    # A card's refund and its lost dispute may both be for the same money.
    return {p.id: min(vuelto[p.id], p.monto) for p in pagos}


def devuelto_por_orden(sesion: Session, ordenes: Collection[UUID]) -> dict[UUID, Money]:
    """How much of what each order received went back; every order is in the answer."""
    sumas = {orden_id: bs(0) for orden_id in ordenes}
    pagos = sesion.exec(select(Pago).where(col(Pago.orden_id).in_(list(ordenes)))).all()
    por_pago = devuelto_por_pago(sesion, pagos)
    for pago in pagos:
        sumas[pago.orden_id] += por_pago[pago.id]
    return sumas


def devuelto_de_transferencia(sesion: Session, t: Transferencia, pago: Pago | None) -> Money:
    """How much of any transfer went back, an order's payment or not."""
    if pago is not None:
        return devuelto_por_pago(sesion, [pago])[pago.id]
    if t.codigo == Codigo.RECARGA and t.referencia is not None:  # by card: it refers to its own payment
        return devuelto_a_tarjetas(sesion, [t.referencia]).get(t.referencia, bs(0))
    return devuelto_de(sesion, [t.id]).get(t.id, bs(0))


def reembolsable_de(sesion: Session, pago: Pago, devuelto: Money) -> Money:
    """What may still be given back of a payment; to a card, also without what waits or is disputed."""
    if pago.medio == "tarjeta":
        return saldo_reembolsable(sesion, intento_por_id(sesion, pago.id))
    return pago.monto - devuelto
