"""The life of what is sent in the place of what was claimed: its units and its shipment. Its claim is locked
by the caller, and its order before.
"""

from decimal import Decimal
from math import ceil
from uuid import UUID

from sqlmodel import Session

from comercio.compra.modelos import Pedido, PedidoLinea
from comercio.existencias import reponer, reservar, retirar, soltar
from comercio.pedidos import anular_anunciado
from comercio.reclamos.bloqueos import bloquear_cambio
from comercio.reclamos.consultas import reclamadas
from comercio.reclamos.errores import ReclamoNoAdmite
from comercio.reclamos.estados import VIDA_CAMBIO, EstadoCambio
from comercio.reclamos.modelos import Cambio, Reclamo
from nucleo.actor import Autorizacion
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

REFERENCIA = "cambio"
_C = EstadoCambio


def apartar(sesion: Session, reclamo: Reclamo, variante_id: UUID) -> Cambio:
    """As much of that variant as was claimed is reserved at once, or it is refused.

    Raises `ReclamoNoAdmite`, `SinExistencia`, `ProductoNoDisponible`, `CantidadInvalida`.
    """
    lineas = reclamadas(sesion, reclamo.id)
    if len(lineas) != 1:
        raise ReclamoNoAdmite(
            _("Se cambia lo que se reclama de un solo producto: de varios, ofrezca dinero.")
        )
    fila, cantidad = lineas[0]
    (apartado,) = reservar(sesion, {variante_id: cantidad})
    if apartado.opcion.producto.id != fila.producto_id:
        raise ReclamoNoAdmite(_("Se cambia por el mismo producto, de esa u otra talla, color o medida."))
    cambio = Cambio(
        reclamo_id=reclamo.id,
        linea_id=fila.id,
        producto_id=fila.producto_id,
        variante_id=variante_id,
        existencia_id=apartado.existencia_id,
        opcion=apartado.opcion.nombre[:200],
        cantidad=cantidad,
        peso_g=max(1, _peso(fila, cantidad, apartado.opcion.variante.peso_g)),
        apartado_en=ahora_bd(sesion),
    )
    sesion.add(cambio)
    sesion.flush()
    return cambio


def salir(sesion: Session, cambio: Cambio, pedido: Pedido, autorizacion: Autorizacion) -> None:
    """Who carries it has it: its units leave the stock."""
    VIDA_CAMBIO.pasar(cambio, _C.EN_CAMINO)
    sesion.flush()
    retirar(sesion, _suyas(cambio), autorizacion, pedido.id)


def volver(sesion: Session, cambio: Cambio, pedido: Pedido, autorizacion: Autorizacion) -> None:
    """It is with the seller again, and its units in stock."""
    acabar(sesion, cambio, _C.DEVUELTO)
    reponer(sesion, _suyas(cambio), autorizacion, pedido.id)


def acabar(sesion: Session, cambio: Cambio, fin: EstadoCambio) -> None:
    VIDA_CAMBIO.pasar(cambio, fin)
    cambio.terminado_en = ahora_bd(sesion)
    sesion.flush()


def dejar_cambio(sesion: Session, reclamo: Reclamo, pedido: Pedido, autorizacion: Autorizacion) -> None:
    """The claim goes another way: what was reserved is for sale again, what somebody carries is given up for
    lost. Nothing when there is no exchange, or it ended."""
    cambio = bloquear_cambio(sesion, reclamo.id)
    if cambio is None or cambio.estado in VIDA_CAMBIO.fines:
        return
    if cambio.estado == _C.ANUNCIADO and not anular_envio(sesion, cambio, pedido):
        salir(sesion, cambio, pedido, autorizacion)
    if cambio.estado == _C.EN_CAMINO:
        acabar(sesion, cambio, _C.PERDIDO)
        return
    acabar(sesion, cambio, _C.ANULADO)
    soltar(sesion, _suyas(cambio))


def anular_envio(sesion: Session, cambio: Cambio, pedido: Pedido) -> bool:
    assert cambio.envio_id is not None
    return anular_anunciado(sesion, cambio.envio_id, pedido.vendedor_id, "cambio sin efecto")


def _suyas(cambio: Cambio) -> dict[UUID, Decimal]:
    return {cambio.existencia_id: cambio.cantidad}


def _peso(fila: PedidoLinea, cantidad: Decimal, de_una_g: int) -> int:
    return ceil((de_una_g or fila.peso_g) * cantidad)
