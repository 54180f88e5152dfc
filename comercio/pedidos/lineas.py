"""How each line of an order stands: ordered, cancelled, in parcels, loose; what it is worth, and weighs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.catalogo import exigir_medida
from comercio.compra import Quien
from comercio.compra.modelos import PedidoLinea
from comercio.pedidos.errores import CantidadQueNoQueda
from comercio.pedidos.estados import CON_LO_SUYO, EstadoPaquete
from comercio.pedidos.modelos import CancelacionDeLinea, DevolucionDeLinea, Paquete, PaqueteLinea
from nucleo.dinero import a_centavos, cero, de_centavos, formato_cantidad
from nucleo.textos import gettext as _

NADA = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineaDePedido:
    """A line and how much of it is cancelled, what was given back of it, by cancelling and by claims, and how
    much is in parcels that hold it by their state. `quitada`: how much of what is cancelled who bought took
    off, by themselves or with who sells."""

    fila: PedidoLinea
    cancelada: Decimal
    devuelto: Money
    en_paquetes: Mapping[EstadoPaquete, Decimal]
    quitada: Decimal = NADA

    @property
    def viva(self) -> Decimal:
        return self.fila.cantidad - self.cancelada

    @property
    def suelta(self) -> Decimal:
        """Neither cancelled nor in a parcel: still to be sent."""
        return self.viva - self.en(*CON_LO_SUYO)

    def en(self, *estados: EstadoPaquete) -> Decimal:
        return sum((self.en_paquetes.get(e, NADA) for e in estados), NADA)

    @property
    def importe_vivo(self) -> Money:
        """What was paid for it, discounts taken off, without what was cancelled."""
        return de_centavos(a_centavos(self.fila.costo) - self._hasta(self.cancelada))

    @property
    def por_devolver(self) -> Money:
        """The most that may still be given back of it."""
        return self.fila.costo - self.devuelto

    def importe_de(self, cantidad: Decimal) -> Money:
        """What is given back when so much more of it is cancelled: all of its parts together are exactly the
        line, and what claims gave back of it stands for what is cancelled first."""
        assert NADA < cantidad <= self.viva
        return max(cero(), de_centavos(self._hasta(self.cancelada + cantidad)) - self.devuelto)

    def cuesta(self, cantidad: Decimal) -> Money:
        """What so much of it cost, when all the rest of it is cancelled."""
        assert NADA <= cantidad <= self.fila.cantidad
        return de_centavos(a_centavos(self.fila.costo) - self._hasta(self.fila.cantidad - cantidad))

    def vale(self, cantidad: Decimal) -> Money:
        """What a claim of so much of it may give back: what that cost, up to what was not given back."""
        assert NADA < cantidad <= self.viva
        parte = self._hasta(self.cancelada + cantidad) - self._hasta(self.cancelada)
        return min(de_centavos(parte), self.por_devolver)

    def _hasta(self, cantidad: Decimal) -> int:
        parte = a_centavos(self.fila.costo) * cantidad / self.fila.cantidad
        return int(parte.to_integral_value(rounding=ROUND_HALF_UP))


def lineas_del_pedido(sesion: Session, pedido_id: UUID) -> Sequence[LineaDePedido]:
    """In the order of their ids; four queries."""
    filas = sesion.exec(
        select(PedidoLinea).where(col(PedidoLinea.pedido_id) == pedido_id).order_by(col(PedidoLinea.id))
    ).all()
    canceladas: dict[UUID, Decimal] = {}
    quitadas: dict[UUID, Decimal] = {}
    devuelto: dict[UUID, Money] = {}
    for parte in sesion.exec(
        select(CancelacionDeLinea).where(col(CancelacionDeLinea.pedido_id) == pedido_id)
    ):
        canceladas[parte.linea_id] = canceladas.get(parte.linea_id, NADA) + parte.cantidad
        if parte.de_acuerdo or parte.quien == Quien.COMPRADOR:
            quitadas[parte.linea_id] = quitadas.get(parte.linea_id, NADA) + parte.cantidad
        devuelto[parte.linea_id] = devuelto.get(parte.linea_id, cero()) + parte.importe
    for suya in sesion.exec(select(DevolucionDeLinea).where(col(DevolucionDeLinea.pedido_id) == pedido_id)):
        devuelto[suya.linea_id] = devuelto.get(suya.linea_id, cero()) + suya.importe
    en_paquetes: dict[UUID, dict[EstadoPaquete, Decimal]] = {}
    for linea_id, estado, cantidad in sesion.exec(
        select(PaqueteLinea.linea_id, Paquete.estado, func.sum(PaqueteLinea.cantidad))
        .join(Paquete, col(Paquete.id) == col(PaqueteLinea.paquete_id))
        .where(col(PaqueteLinea.pedido_id) == pedido_id, col(Paquete.saldado).is_(False))
        .group_by(col(PaqueteLinea.linea_id), col(Paquete.estado))
    ):
        en_paquetes.setdefault(linea_id, {})[EstadoPaquete(estado)] = cantidad
    return [
        LineaDePedido(
            f,
            canceladas.get(f.id, NADA),
            devuelto.get(f.id, cero()),
            en_paquetes.get(f.id, {}),
            quitadas.get(f.id, NADA),
        )
        for f in filas
    ]


def cancelaciones_de(sesion: Session, pedido_id: UUID) -> Sequence[CancelacionDeLinea]:
    """Each part of an order that was cancelled, as it happened."""
    consulta = select(CancelacionDeLinea).where(col(CancelacionDeLinea.pedido_id) == pedido_id)
    return sesion.exec(consulta.order_by(col(CancelacionDeLinea.id))).all()


def devuelto_por_reclamos(sesion: Session, pedido_id: UUID) -> list[tuple[datetime, Money]]:
    """When each claim gave something of the lines of an order back without cancelling it, and how much."""
    suma = func.sum(DevolucionDeLinea.importe)
    cuando: Any = func.min(DevolucionDeLinea.ocurrio_en)
    consulta = (
        select(cuando, suma)
        .where(col(DevolucionDeLinea.pedido_id) == pedido_id)
        .group_by(col(DevolucionDeLinea.causa))
    )
    return [(vez, monto) for vez, monto in sesion.exec(consulta.order_by(cuando))]


def canceladas_desde(sesion: Session, pedido_id: UUID, desde: datetime) -> dict[UUID, Decimal]:
    """How much of each line was cancelled after an instant."""
    return dict(
        sesion.exec(
            select(CancelacionDeLinea.linea_id, func.sum(CancelacionDeLinea.cantidad))
            .where(col(CancelacionDeLinea.pedido_id) == pedido_id, col(CancelacionDeLinea.ocurrio_en) > desde)
            .group_by(col(CancelacionDeLinea.linea_id))
        ).all()
    )


def elegidas(
    lineas: Sequence[LineaDePedido], cantidades: Mapping[UUID, Decimal] | None
) -> dict[UUID, Decimal]:
    """So much of each line, of what is loose; all of it without `cantidades`. Of zero nothing is taken.

    Raises `CantidadQueNoQueda`, `CantidadInvalida`, at the place of the line among those asked for.
    """
    por_id = {x.fila.id: x for x in lineas}
    if cantidades is None:
        return {id: x.suelta for id, x in por_id.items() if x.suelta > NADA}
    for lugar, (linea_id, cantidad) in enumerate(cantidades.items()):
        campo, linea = f"lineas.{lugar}.cantidad", por_id.get(linea_id)
        if linea is None:
            texto = _("Esa línea no es de este pedido.")
            raise CantidadQueNoQueda(texto, campos={campo: texto})
        exigir_medida(linea.fila.unidad_medida, cantidad, campo)
        if not NADA <= cantidad <= linea.suelta:
            texto = _("De «%(titulo)s» hay %(n)s por despachar.") % {
                "titulo": linea.fila.titulo,
                "n": formato_cantidad(linea.suelta),
            }
            raise CantidadQueNoQueda(texto, campos={campo: texto})
    if not any(cantidades.values()):
        texto = _("Diga de qué y cuánto.")
        raise CantidadQueNoQueda(texto, campos={"lineas.0.cantidad": texto})
    return {id: cantidad for id, cantidad in cantidades.items() if cantidad}


def exigir_cantidades(sesion: Session, pedido_id: UUID, cantidades: Mapping[UUID, Decimal]) -> None:
    """Raises what `elegidas` does of what neither is loose nor in a parcel that only waits to be received."""
    lineas = lineas_del_pedido(sesion, pedido_id)
    elegidas([replace(x, en_paquetes=_sin_anunciar(x.en_paquetes)) for x in lineas], cantidades)


def _sin_anunciar(en_paquetes: Mapping[EstadoPaquete, Decimal]) -> dict[EstadoPaquete, Decimal]:
    return {e: cuanto for e, cuanto in en_paquetes.items() if e is not EstadoPaquete.ANUNCIADO}


def peso_de(lineas: Sequence[LineaDePedido], que: Mapping[UUID, Decimal]) -> int:
    """What so much of each line weighs, in whole grams."""
    return ceil(sum((x.fila.peso_g * que.get(x.fila.id, NADA) for x in lineas), NADA))


def paquetes_de(sesion: Session, pedido_id: UUID) -> Sequence[Paquete]:
    consulta = select(Paquete).where(col(Paquete.pedido_id) == pedido_id).order_by(col(Paquete.numero))
    return sesion.exec(consulta.execution_options(populate_existing=True)).all()


def entregados_con(sesion: Session, pedido_id: UUID, lineas: Collection[UUID]) -> list[UUID]:
    """The shipments of the parcels that were delivered with any of these lines."""
    return [
        p.envio_id
        for p in paquetes_de(sesion, pedido_id)
        if p.envio_id
        and p.estado == EstadoPaquete.ENTREGADO
        and set(lineas) & contenido_de(sesion, p.id).keys()
    ]


def paquete_por_llevar(sesion: Session, pedido_id: UUID) -> tuple[UUID, str] | None:
    """The shipment of the last parcel of an order that the post has not received, when nothing of the order
    is left to announce."""
    if any(x.suelta > NADA for x in lineas_del_pedido(sesion, pedido_id)):
        return None
    esperan = [p for p in paquetes_de(sesion, pedido_id) if p.estado == EstadoPaquete.ANUNCIADO]
    ultimo = esperan[-1] if esperan else None
    if ultimo is None or ultimo.envio_id is None or ultimo.envio_numero is None:
        return None
    return ultimo.envio_id, ultimo.envio_numero


def contenido_de(sesion: Session, paquete_id: UUID) -> dict[UUID, Decimal]:
    """How much of each line a parcel holds."""
    consulta = select(PaqueteLinea).where(col(PaqueteLinea.paquete_id) == paquete_id)
    return {f.linea_id: f.cantidad for f in sesion.exec(consulta)}
