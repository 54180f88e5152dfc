"""What a purchase takes off each line, by its promotion and by a coupon: charges, never another price."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from comercio.compra.cargos import del_comprador
from comercio.compra.errores import CambioDePrecio
from comercio.compra.estados import ClaseDeCargo, EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.existencias import Apartado
from comercio.promociones import (
    CuponAplicado,
    PorRebajar,
    aplicar_cupon,
    por_que_no_vale,
    restriccion_de,
    uso_de_la_compra,
)
from nucleo.dinero import cero
from nucleo.errores import ErrorDominio
from nucleo.filas import Fila
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Descuentos:
    """What a coupon, if there is one, takes off besides the promotions."""

    cupon: CuponAplicado | None = None

    def del_cupon(self, apartado: Apartado) -> Money:
        return self.cupon.por_variante.get(apartado.opcion.id, cero()) if self.cupon else cero()

    def de(self, apartado: Apartado) -> Money:
        """All that is taken off a line."""
        return apartado.importe - apartado.por_pagar + self.del_cupon(apartado)

    def total(self, apartados: Iterable[Apartado]) -> Money:
        """What is paid for some lines."""
        return sum((a.importe - self.de(a) for a in apartados), cero())

    def cargos(self, linea: Fila, apartado: Apartado) -> list[Fila]:
        """The charges of a line that take something off it."""
        cargos = []
        if (de_promocion := apartado.importe - apartado.por_pagar) > cero():
            rebaja = apartado.opcion.rebaja
            assert rebaja is not None
            detalle = _("Promoción «%(nombre)s»") % {"nombre": rebaja.nombre}
            cargos.append(_cargo(linea, de_promocion, detalle, promocion_id=rebaja.promocion_id))
        if self.cupon is not None and (del_cupon := self.del_cupon(apartado)) > cero():
            detalle = _("Cupón %(codigo)s") % {"codigo": self.cupon.codigo}
            cargos.append(_cargo(linea, del_cupon, detalle, cupon_id=self.cupon.id))
        assert sum((-c["monto"] for c in cargos), cero()) == linea["descuento"]
        return cargos


def descuentos_de(sesion: Session, codigo: str | None, apartados: Iterable[Apartado]) -> Descuentos:
    """Raises `CuponNoVale`."""
    if codigo is None:
        return Descuentos()
    lineas = [PorRebajar(a.opcion.id, a.opcion.producto.vendedor_id, a.por_pagar) for a in apartados]
    return Descuentos(aplicar_cupon(sesion, codigo, lineas))


def dejo_de_valer(error: IntegrityError) -> ErrorDominio | None:
    """How a discount that ended meanwhile is told, if that is why the database refused."""
    restriccion = restriccion_de(error)
    if restriccion == "ck_comercio_pedido_cargo_vale":
        return CambioDePrecio(_("Una promoción terminó mientras compraba: revise el total y confirme."))
    return por_que_no_vale(restriccion)


def devolver_cupon(sesion: Session, pedido: Pedido) -> None:
    """An order is being cancelled whole, or was not paid: when it was the last of what a coupon was used for,
    who bought may use it again. Its use is locked, so that of two orders cancelled at once the second sees
    the first."""
    uso = uso_de_la_compra(sesion, pedido.compra_id, pedido.vendedor_id)
    if uso is None:
        return
    siguen = select(Pedido.id).where(
        col(Pedido.compra_id) == pedido.compra_id,
        col(Pedido.vendedor_id) == pedido.vendedor_id,
        col(Pedido.id) != pedido.id,
        col(Pedido.estado).not_in((EstadoPedido.CANCELADO, EstadoPedido.NO_PAGADO)),
    )
    if sesion.exec(siguen.limit(1)).first() is None:
        uso.devuelto_en = ahora_bd(sesion)
        sesion.flush()


def _cargo(linea: Fila, monto: Money, detalle: str, **por: UUID) -> Fila:
    return del_comprador(
        linea["pedido_id"], ClaseDeCargo.DESCUENTO, -monto, linea_id=linea["id"], detalle=detalle, **por
    )
