"""What a purchase earned by how much it was: prices by quantity, free postage, a coupon.

Who bought does not take a part off by themselves when the rest would no longer earn it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra import ClaseDeCargo
from comercio.compra.modelos import Cargo, Pedido
from comercio.pedidos.errores import CondicionPerdida
from comercio.pedidos.lineas import NADA, LineaDePedido, lineas_del_pedido
from comercio.promociones import minimo_de_cupon, uso_de_la_compra
from nucleo.dinero import cero, formato_bs, formato_cantidad
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Condicion:
    """Something earned from `minimo` on, in words. `por_linea`: what each line counts for when all of it
    goes; `aparte`: what counts too and is not of this order. `de_linea`: it is of that line alone, and ends
    with it."""

    texto: str
    minimo: Decimal
    por_linea: Mapping[UUID, Decimal]
    aparte: Decimal = NADA
    de_linea: UUID | None = None

    def se_pierde(self, lineas: Sequence[LineaDePedido], que: Mapping[UUID, Decimal]) -> bool:
        """Whether it holds of what stands and would not without so much of each line. One that who sells took
        away before, by what they cancelled, no longer asks anything."""
        quedan = {x.fila.id: x.viva - que.get(x.fila.id, NADA) for x in lineas}
        if self.de_linea is not None and not quedan[self.de_linea]:
            return False
        antes, despues = (
            self._cuenta(lineas, {x.fila.id: x.viva for x in lineas}),
            self._cuenta(lineas, quedan),
        )
        return antes >= self.minimo > despues

    def _cuenta(self, lineas: Sequence[LineaDePedido], van: Mapping[UUID, Decimal]) -> Decimal:
        return self.aparte + _suma(self.por_linea, lineas, van)


@dataclass(slots=True)
class _Valen:
    """What each line came to with its promotions, before any coupon, and the coupon that was used."""

    por_linea: dict[UUID, Decimal] = field(default_factory=dict)
    cupon_id: UUID | None = None


def condiciones_de(sesion: Session, pedido: Pedido, lineas: Sequence[LineaDePedido]) -> list[Condicion]:
    """Those that an order was bought with; those of what was sold before they were kept are not known."""
    condiciones = [
        Condicion(
            _("el precio por cantidad de «%(titulo)s», que es desde %(n)s")
            % {"titulo": x.fila.titulo, "n": formato_cantidad(x.fila.precio_desde)},
            x.fila.precio_desde,
            {x.fila.id: x.fila.cantidad},
            de_linea=x.fila.id,
        )
        for x in lineas
        if x.fila.precio_desde is not None
    ]
    valen = _valen(sesion, pedido, lineas)
    if pedido.gratis_desde is not None:
        texto = _("el envío gratis, que es desde %(monto)s en productos") % {
            "monto": formato_bs(pedido.gratis_desde)
        }
        condiciones.append(Condicion(texto, pedido.gratis_desde.amount, valen.por_linea))
    if valen.cupon_id is not None:
        codigo, minimo = minimo_de_cupon(sesion, valen.cupon_id)
        if minimo == cero():
            return condiciones
        texto = _("el cupón %(codigo)s, que vale desde %(monto)s") % {
            "codigo": codigo,
            "monto": formato_bs(minimo),
        }
        condiciones.append(Condicion(texto, minimo.amount, valen.por_linea, _del_otro(sesion, pedido)))
    return condiciones


def exigir_condiciones(
    sesion: Session, pedido: Pedido, lineas: Sequence[LineaDePedido], que: Mapping[UUID, Decimal]
) -> None:
    """Who bought takes so much of each line off: all that is left, or a part without which the rest keeps
    what it earned. Raises `CondicionPerdida`."""
    if all(x.viva == que.get(x.fila.id, NADA) for x in lineas):
        return
    uso_de_la_compra(sesion, pedido.compra_id, pedido.vendedor_id)  # of two orders of a coupon, one at a time
    perdidas = [c.texto for c in condiciones_de(sesion, pedido, lineas) if c.se_pierde(lineas, que)]
    if perdidas:
        raise CondicionPerdida(
            _(
                "Sin esa parte, lo que queda ya no llega a: %(condiciones)s. Pídale a quien vende quitarla "
                "de acuerdo, o cancele el pedido entero y compre solo lo que quiere."
            )
            % {"condiciones": "; ".join(perdidas)}
        )


def _valen(sesion: Session, pedido: Pedido, lineas: Sequence[LineaDePedido]) -> _Valen:
    valen = _Valen({x.fila.id: x.fila.importe.amount for x in lineas})
    consulta = select(Cargo).where(Cargo.pedido_id == pedido.id, Cargo.clase == ClaseDeCargo.DESCUENTO)
    for cargo in sesion.exec(consulta):
        assert cargo.linea_id is not None
        if cargo.cupon_id is not None:
            valen.cupon_id = cargo.cupon_id
        else:
            valen.por_linea[cargo.linea_id] += cargo.monto.amount
    return valen


def _del_otro(sesion: Session, pedido: Pedido) -> Decimal:
    """What stands of the other order of its seller in that purchase: a coupon counts goods and services."""
    consulta = select(Pedido).where(
        Pedido.compra_id == pedido.compra_id,
        Pedido.vendedor_id == pedido.vendedor_id,
        col(Pedido.id) != pedido.id,
    )
    total = NADA
    for otro in sesion.exec(consulta):
        lineas = lineas_del_pedido(sesion, otro.id)
        vivas = {x.fila.id: x.viva for x in lineas}
        total += _suma(_valen(sesion, otro, lineas).por_linea, lineas, vivas)
    return total


def _suma(
    por_linea: Mapping[UUID, Decimal], lineas: Sequence[LineaDePedido], van: Mapping[UUID, Decimal]
) -> Decimal:
    partes = (
        por_linea[x.fila.id] * van[x.fila.id] / x.fila.cantidad for x in lineas if x.fila.id in por_linea
    )
    return sum(partes, NADA)
