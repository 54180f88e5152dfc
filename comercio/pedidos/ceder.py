"""Of what was paid at the door and whoever collected it does not hand over: what a claim gives to who paid it
is owed to them by that operator, before who sold.
"""

from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.custodia import cobrada, dinero_de
from comercio.pedidos.avanzar import poner_al_dia
from comercio.pedidos.cancelar import quitar
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.lineas import contenido_de, paquetes_de
from comercio.pedidos.modelos import Paquete
from comercio.pedidos.paquetes import anotar_incidencia, envio_de
from comercio.pedidos.seguir import ENVIO
from envios import avisar_sin_rendir, bloquear_lo_cobrado, ceder_lo_cobrado, contra_entrega_de
from envios.deudas import DeudaDeOperador
from nucleo.actor import Autorizacion
from nucleo.dinero import cero


def _el_entregado(sesion: Session, pedido_id: UUID) -> Paquete | None:
    """The parcel that was handed over against the money; an order of these goes whole, in one."""
    suyos = paquetes_de(sesion, pedido_id)
    return next((p for p in suyos if p.estado == EstadoPaquete.ENTREGADO and not p.saldado), None)


def lo_que_deben(sesion: Session, pedido_id: UUID) -> DeudaDeOperador | None:
    """What whoever delivered an order owes of what they collected for it; None while nobody did, or once it
    was handed over."""
    paquete = _el_entregado(sesion, pedido_id)
    if paquete is None:
        return None
    deudas = contra_entrega_de(sesion, [envio_de(paquete)])
    return next((d for d in deudas if d.debe > cero()), None)


def lo_que_hay(sesion: Session, pedido: Pedido) -> Money:
    """What a claim may give of an order, locked: what is held of it or, of what was paid at the door and is
    not there, what whoever collected it owes, locked too. What entered its custody meanwhile is told to it.
    """
    if dinero_de(sesion, pedido.id).por_cobrar > cero():
        paquete = _el_entregado(sesion, pedido.id)
        if paquete is None:
            return cero()
        debe = bloquear_lo_cobrado(sesion, envio_de(paquete))
        if not cobrada(sesion, pedido.id):
            return debe
        poner_al_dia(sesion, pedido, ENVIO, paquete.envio_numero or "")
    return dinero_de(sesion, pedido.id).queda


def ceder(sesion: Session, pedido: Pedido, autorizacion: Autorizacion, monto: Money, motivo: str) -> None:
    """Of an order, locked, whose claim just ended: so much of what was collected is owed to who paid it, and
    what is more to who sold. Nothing is in its custody, and it ends."""
    paquete, cobrado = _el_entregado(sesion, pedido.id), dinero_de(sesion, pedido.id).por_cobrar
    assert paquete is not None
    assert cero() < monto <= cobrado
    envio_id = envio_de(paquete)
    ceder_lo_cobrado(sesion, autorizacion, envio_id, parte_id=pedido.comprador_parte_id, monto=monto)
    paquete.saldado = True
    sesion.flush()
    quitar(sesion, pedido, autorizacion, contenido_de(sesion, paquete.id), motivo, None)
    anotar_incidencia(sesion, pedido, paquete, autorizacion, motivo)
    avisar_sin_rendir(sesion, envio_id)
