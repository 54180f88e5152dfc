"""What who sold did of an order of which card's banks took money: whose that is, if a bank gives it back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.catalogo import Modalidad
from comercio.compra import EstadoServicio
from comercio.compra.modelos import Pedido
from comercio.custodia import dinero_de
from comercio.custodia.modelos import PorteDevuelto
from comercio.pedidos.bloqueos import servicio_bloqueado
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.lineas import NADA, contenido_de, lineas_del_pedido, paquetes_de
from comercio.pedidos.modelos import CancelacionDeLinea, DevolucionDeLinea
from nucleo.dinero import cero, sumar


def falta_a_quien_vendio(
    sesion: Session,
    pedido: Pedido,
    bancos: Collection[UUID],
    tomado_en: datetime,
    volvio: Mapping[UUID, Decimal],
) -> Money:
    """Of an order, locked, whose money ended, and of which banks took some (by the claims `bancos`, last at
    `tomado_en`): what who sold did of it, at what it cost, less what claims of who bought gave back of that,
    and less what they were paid. They did what was delivered, the service that was done, and what was given
    up for lost only because the bank took its money; not what came back to them (`volvio`, by line, of what
    was delivered), nor what they never sent.
    """
    dinero = dinero_de(sesion, pedido.id)
    assert dinero.terminada_en is not None
    # The bank's taking is noted after it ended the order; an order that ended otherwise did so later.
    fin = dinero.terminada_en if dinero.terminada_en <= tomado_en else None
    hecho = _hecho(sesion, pedido, fin)
    if not hecho:
        return cero()
    devuelto = _de_reclamos(sesion, pedido.id, bancos)
    suyo = dinero.porte + dinero.porte_devuelto - _porte_de_reclamos(sesion, pedido.id, bancos)
    for linea in lineas_del_pedido(sesion, pedido.id):
        suyas = hecho.get(linea.fila.id, NADA) - volvio.get(linea.fila.id, NADA)
        vale = linea.cuesta(min(max(suyas, NADA), linea.fila.cantidad))
        suyo += min(vale, linea.fila.costo - devuelto.get(linea.fila.id, cero()))
    return max(cero(), suyo - (dinero.monto - dinero.devuelto))


def _hecho(sesion: Session, pedido: Pedido, fin: datetime | None) -> dict[UUID, Decimal]:
    """How much of each line; `fin` is when the bank ended the order, if it did."""
    if pedido.modalidad == Modalidad.SERVICIO:
        return _del_servicio(sesion, pedido, fin)
    hecho: dict[UUID, Decimal] = {}
    for paquete in paquetes_de(sesion, pedido.id):
        # Given up before its time came: the bank did that.
        antes_de_tiempo = fin is not None and paquete.vence_en is not None and paquete.vence_en > fin
        if paquete.estado == EstadoPaquete.ENTREGADO or (
            paquete.estado == EstadoPaquete.PERDIDO and antes_de_tiempo
        ):
            for linea_id, cantidad in contenido_de(sesion, paquete.id).items():
                hecho[linea_id] = hecho.get(linea_id, NADA) + cantidad
    return hecho


def _del_servicio(sesion: Session, pedido: Pedido, fin: datetime | None) -> dict[UUID, Decimal]:
    servicio, lineas = servicio_bloqueado(sesion, pedido), lineas_del_pedido(sesion, pedido.id)
    if servicio.estado == EstadoServicio.CONFORME:
        return {x.fila.id: x.viva for x in lineas if x.viva > NADA}
    if fin is not None and servicio.prestado_en is not None:  # done, and annulled by the bank: all it took
        return {x.fila.id: x.fila.cantidad for x in lineas}
    return {}


def _de_reclamos(sesion: Session, pedido_id: UUID, bancos: Collection[UUID]) -> dict[UUID, Money]:
    """What claims of who bought gave back of each line."""
    consulta = (
        select(DevolucionDeLinea.linea_id, sumar(DevolucionDeLinea.importe))
        .where(col(DevolucionDeLinea.pedido_id) == pedido_id, col(DevolucionDeLinea.causa).not_in(bancos))
        .group_by(col(DevolucionDeLinea.linea_id))
    )
    return dict(sesion.exec(consulta).all())


def _porte_de_reclamos(sesion: Session, pedido_id: UUID, bancos: Collection[UUID]) -> Money:
    """What claims of who bought gave back of the postage; a cancellation, only when nothing was sent."""
    de_cancelar = select(CancelacionDeLinea.causa).where(col(CancelacionDeLinea.pedido_id) == pedido_id)
    consulta = select(sumar(PorteDevuelto.importe)).where(
        col(PorteDevuelto.pedido_id) == pedido_id,
        col(PorteDevuelto.causa).not_in(bancos),
        col(PorteDevuelto.causa).not_in(de_cancelar),
    )
    return sesion.exec(consulta).one()
