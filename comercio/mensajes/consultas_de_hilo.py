"""Reads of what is written about an order, and who may read it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.compra import SIN_PAGO, PedidoNoEncontrado
from comercio.compra.modelos import Pedido
from comercio.mensajes.errores import MensajeNoEncontrado
from comercio.mensajes.modelos import Hilo, Mensaje
from comercio.pedidos import es_comprador
from comercio.reclamos import EstadoReclamo, Lado, reclamo_abierto, reclamo_visible
from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar

POR_PAGINA = 30


@dataclass(frozen=True, slots=True)
class Escrito:
    """A message, whether the other side has read it, and if the reader is of the side that wrote it."""

    mensaje: Mensaje
    leido: bool
    propio: bool

    @property
    def lado(self) -> Lado:
        return Lado(self.mensaje.lado)


def parte_en(sesion: Session, actor: Actor, pedido_id: UUID) -> tuple[Pedido, Lado]:
    """An order and on whose side somebody is in it; for anybody else it does not exist
    (`PedidoNoEncontrado`)."""
    pedido = sesion.get(Pedido, pedido_id)
    if pedido is not None and pedido.estado in SIN_PAGO:
        raise PedidoNoEncontrado()
    if pedido is not None and es_comprador(sesion, actor, pedido):
        return pedido, Lado.COMPRADOR
    if pedido is not None and tiene_facultad(
        sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO
    ):
        return pedido, Lado.VENDEDOR
    if pedido is not None and es_comprador(sesion, actor, pedido, con_otros=True):
        return pedido, Lado.COMPRADOR
    raise PedidoNoEncontrado()


def como_prueba(sesion: Session, actor: Actor, reclamo_id: UUID) -> Pedido:
    """The order of a claim that waits for this authority, which reads what its sides wrote. Raises
    `ReclamoNoEncontrado`, `MensajeNoEncontrado`."""
    reclamo, pedido, lado = reclamo_visible(sesion, actor, reclamo_id)
    if lado is not Lado.MEDIADOR or reclamo.estado != EstadoReclamo.EN_MEDIACION:
        raise MensajeNoEncontrado()
    return pedido


def escritos(
    sesion: Session, pedido_id: UUID, lado: Lado | None, pagina: CursorPedido
) -> tuple[list[Escrito], str | None]:
    """The newest ones, the oldest of them first; `lado` is the reader's."""
    consulta: Any = select(Mensaje).where(col(Mensaje.pedido_id) == pedido_id)
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=(col(Mensaje.numero),))
    hilo = sesion.get(Hilo, pedido_id, populate_existing=True)
    leido = {Lado.COMPRADOR: hilo.leido_vendedor, Lado.VENDEDOR: hilo.leido_comprador} if hilo else {}
    suyos = [Escrito(m, m.numero <= leido[Lado(m.lado)], m.lado == lado) for m in filas]
    return suyos[::-1], siguiente


def archivo_de(sesion: Session, actor: Actor, pedido_id: UUID, mensaje_id: UUID) -> UUID:
    """The file of a message, for either side and for the authority while a claim waits for it.

    Raises `PedidoNoEncontrado`, `MensajeNoEncontrado`.
    """
    try:
        parte_en(sesion, actor, pedido_id)
    except PedidoNoEncontrado:
        reclamo = reclamo_abierto(sesion, pedido_id)
        if reclamo is None:
            raise
        como_prueba(sesion, actor, reclamo.id)
    mensaje = sesion.get(Mensaje, mensaje_id)
    if mensaje is None or mensaje.pedido_id != pedido_id or mensaje.archivo_id is None:
        raise MensajeNoEncontrado()
    return mensaje.archivo_id


def numero_de(sesion: Session, pedido_id: UUID) -> int:
    """How many messages an order has."""
    return sesion.exec(select(Hilo.numero).where(col(Hilo.pedido_id) == pedido_id)).one_or_none() or 0


def leido_por(sesion: Session, pedido_id: UUID, lado: Lado) -> int:
    """As far as one side has read."""
    columna = Hilo.leido_comprador if lado is Lado.COMPRADOR else Hilo.leido_vendedor
    return sesion.exec(select(columna).where(col(Hilo.pedido_id) == pedido_id)).one_or_none() or 0


def hay_sin_leer(sesion: Session, pedido_id: UUID, lado: Lado) -> bool:
    """Whether the other side wrote something that nobody of this one has read."""
    hilo = sesion.get(Hilo, pedido_id, populate_existing=True)
    if hilo is None:
        return False
    if lado is Lado.COMPRADOR:
        return hilo.ultimo_vendedor > hilo.leido_comprador
    return hilo.ultimo_comprador > hilo.leido_vendedor


def es_la_primera_sin_leer(sesion: Session, mensaje: Mensaje) -> bool:
    """Whether it is the oldest of its side that the other one has not read."""
    hilo = sesion.get_one(Hilo, mensaje.pedido_id, populate_existing=True)
    leido = hilo.leido_vendedor if mensaje.lado == Lado.COMPRADOR else hilo.leido_comprador
    primera = select(func.min(Mensaje.numero)).where(
        col(Mensaje.pedido_id) == mensaje.pedido_id,
        col(Mensaje.lado) == mensaje.lado,
        col(Mensaje.numero) > leido,
    )
    return sesion.exec(primera).one() == mensaje.numero


def sin_leer_de_compradores(sesion: Session, partes: Collection[UUID]) -> Sequence[UUID]:
    """The orders of these parties in which who sells wrote something that nobody of them has read."""
    return sesion.exec(
        select(Hilo.pedido_id)
        .where(
            col(Hilo.comprador_parte_id).in_(partes), col(Hilo.ultimo_vendedor) > col(Hilo.leido_comprador)
        )
        .order_by(col(Hilo.pedido_id).desc())
    ).all()


def sin_leer_de_vendedores(sesion: Session, unidades: Sequence[UUID]) -> Sequence[tuple[UUID, UUID]]:
    """Likewise of these sellers, as (unit, order)."""
    return sesion.exec(
        select(Hilo.vendedor_id, Hilo.pedido_id)
        .where(col(Hilo.vendedor_id).in_(unidades), col(Hilo.ultimo_comprador) > col(Hilo.leido_vendedor))
        .order_by(col(Hilo.pedido_id))
    ).all()
