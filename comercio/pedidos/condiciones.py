"""What a purchase earned by how much it was: prices by quantity, free postage, a coupon.

Who bought does not take a part off by themselves when the rest would no longer earn it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.catalogo import Modalidad, en_medida
from comercio.compra import ClaseDeCargo
from comercio.compra.modelos import Cargo, Pedido
from comercio.pedidos.errores import CondicionPerdida
from comercio.pedidos.lineas import NADA, LineaDePedido, lineas_del_pedido
from comercio.promociones import minimo_de_cupon, uso_de_la_compra
from nucleo.dinero import cero, formato_bs
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Condicion:
    """Something earned from `minimo` on, in words. `por_linea`: what each line counts for when all of it
    goes; `aparte`: what counts too and is not of this order, and `quitado` what who bought took off that.
    `de_linea`: it is of that line alone, and ends with it."""

    texto: str
    minimo: Decimal
    por_linea: Mapping[UUID, Decimal]
    aparte: Decimal = NADA
    quitado: Decimal = NADA
    de_linea: UUID | None = None

    def se_pierde(self, lineas: Sequence[LineaDePedido], que: Mapping[UUID, Decimal]) -> bool:
        """Whether so much of each line takes something off what it counts, and the rest does not reach it.
        One that who sells took away before, by what they cancelled, no longer asks anything; what who bought
        took off, by themselves or with who sells, released them of nothing and still counts for that."""
        quedan = {x.fila.id: x.viva - que.get(x.fila.id, NADA) for x in lineas}
        if self.de_linea is not None and not quedan[self.de_linea]:
            return False
        vivas = self.aparte + _suma(self.por_linea, lineas, {x.fila.id: x.viva for x in lineas})
        quitadas = self.quitado + _suma(self.por_linea, lineas, {x.fila.id: x.quitada for x in lineas})
        despues = self.aparte + _suma(self.por_linea, lineas, quedan)
        return despues < vivas and vivas + quitadas >= self.minimo > despues


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
            % {"titulo": x.fila.titulo, "n": en_medida(x.fila.precio_desde, x.fila.unidad_medida)},
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
        condiciones.append(Condicion(texto, minimo.amount, valen.por_linea, *_del_otro(sesion, pedido)))
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
                "Sin esa parte, lo que queda ya no llega a: %(condiciones)s. Usted no la quita por su "
                "cuenta. %(que_hacer)s"
            )
            % {"condiciones": "; ".join(perdidas), "que_hacer": que_hacer(pedido, lineas)}
        )


def que_hacer(pedido: Pedido, lineas: Sequence[LineaDePedido]) -> str:
    """In words, what who bought can do instead of taking off a part that loses what was earned: a service is
    not changed by agreement, and of what left nobody cancels all."""
    if pedido.modalidad == Modalidad.SERVICIO:
        return _("Puede cancelar el pedido entero y comprar solo lo que quiere.")
    if any(x.suelta < x.viva for x in lineas):
        return _("Pídaselo a quien vende en «Pedir un cambio»: si acepta, lo que queda conserva lo que ganó.")
    return _(
        "Pídaselo a quien vende en «Pedir un cambio»: si acepta, lo que queda conserva lo que ganó. O "
        "cancele el pedido entero y compre solo lo que quiere."
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


def _del_otro(sesion: Session, pedido: Pedido) -> tuple[Decimal, Decimal]:
    """What stands of the other order of its seller in that purchase, and what who bought took off it: a
    coupon counts goods and services."""
    consulta = select(Pedido).where(
        Pedido.compra_id == pedido.compra_id,
        Pedido.vendedor_id == pedido.vendedor_id,
        col(Pedido.id) != pedido.id,
    )
    vivo = quitado = NADA
    for otro in sesion.exec(consulta):
        lineas = lineas_del_pedido(sesion, otro.id)
        valen = _valen(sesion, otro, lineas).por_linea
        vivo += _suma(valen, lineas, {x.fila.id: x.viva for x in lineas})
        quitado += _suma(valen, lineas, {x.fila.id: x.quitada for x in lineas})
    return vivo, quitado


def _suma(
    por_linea: Mapping[UUID, Decimal], lineas: Sequence[LineaDePedido], van: Mapping[UUID, Decimal]
) -> Decimal:
    partes = (
        por_linea[x.fila.id] * van[x.fila.id] / x.fila.cantidad for x in lineas if x.fila.id in por_linea
    )
    return sum(partes, NADA)
