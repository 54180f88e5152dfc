"""Buy again what an order that ended had: what there is of it goes to the cart, what is not is said."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio.carrito import Titular, fijar_cantidades, ver_carrito
from comercio.catalogo import Opcion, opciones_por_id, quedan
from comercio.compra import VIDA_PEDIDO
from comercio.compra.modelos import Pedido, PedidoLinea
from comercio.pedidos.consultas import detalle_propio
from nucleo.actor import Actor
from nucleo.dinero import redondear
from nucleo.errores import Prohibido
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

NADA = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineaOtraVez:
    """A line of an order as it could be bought today: so much of it, and why not all of it."""

    fila: PedidoLinea
    opcion: Opcion
    cantidad: Decimal
    por_que: str

    @property
    def pagado(self) -> Money:
        """What was paid for each, with what promotions and coupons took off."""
        return redondear(self.fila.costo.amount / self.fila.cantidad)


def se_compra_otra_vez(sesion: Session, actor: Actor, pedido_id: UUID) -> tuple[Pedido, list[LineaOtraVez]]:
    """What of an order could be bought today. Raises `PedidoNoEncontrado`, and `TransicionInvalida` of one
    that has not ended."""
    detalle = detalle_propio(sesion, actor, pedido_id)
    if detalle.pedido.estado not in VIDA_PEDIDO.fines:
        raise TransicionInvalida(_("El pedido sigue en curso: cuando termine podrá volver a comprarlo."))
    opciones = opciones_por_id(sesion, [fila.variante_id for fila in detalle.lineas])
    return detalle.pedido, [_hoy(fila, opciones[fila.variante_id]) for fila in detalle.lineas]


def comprar_otra_vez(sesion: Session, actor: Actor, pedido_id: UUID) -> list[LineaOtraVez]:
    """Put it in the cart of who asks, which has afterwards as much of each as there is of what was bought, or
    what it had if that was more: once is as good as twice. Raises `Prohibido` to a program,
    `TransicionInvalida`, `CarritoLleno`.
    """
    if actor.persona_id is None:
        raise Prohibido(_("Para comprar ingrese como persona."))
    _pedido, lineas = se_compra_otra_vez(sesion, actor, pedido_id)
    titular = Titular(persona_id=actor.persona_id)
    tiene = {x.opcion.id: x.cantidad for x in ver_carrito(sesion, titular).lineas}
    faltan = {x.opcion.id: x.cantidad for x in lineas if x.cantidad > tiene.get(x.opcion.id, NADA)}
    if faltan:
        fijar_cantidades(sesion, titular, faltan)
    return lineas


def _hoy(fila: PedidoLinea, opcion: Opcion) -> LineaOtraVez:
    if fila.unidad_medida != opcion.variante.unidad_medida:
        texto = _("«%(titulo)s» ahora se vende de otra forma: elíjalo en su página.") % {
            "titulo": fila.titulo
        }
        return LineaOtraVez(fila, opcion, NADA, texto)
    if not opcion.a_la_venta:
        return LineaOtraVez(fila, opcion, NADA, opcion.por_que_no)
    if opcion.disponible <= NADA:
        return LineaOtraVez(fila, opcion, NADA, _("«%(titulo)s» está agotado.") % {"titulo": opcion.titulo})
    if opcion.disponible < fila.cantidad:
        partes = {"quedan": quedan(opcion.disponible), "titulo": opcion.titulo}
        return LineaOtraVez(fila, opcion, opcion.disponible, _("Solo %(quedan)s de «%(titulo)s».") % partes)
    return LineaOtraVez(fila, opcion, fila.cantidad, "")
