"""JSON routes of the purchase."""

from fastapi import APIRouter

from ciudadania import ActorRequerido
from comercio.catalogo import variantes_pedidas
from comercio.compra import presentar
from comercio.compra.esquemas import CompraFicha, CompraNueva, por_vendedor
from comercio.compra.hacer import SolicitudCompra, comprar, pedidos_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.ids import nuevo_id

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente)


@router.post("/pedidos", status_code=201, responses=respuestas(403, 404, 409), tags=["pedidos"])
def crear_compra(datos: CompraNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> CompraFicha:
    """Buy the cart or the given lines, paid into escrow from the wallet, or from the account of the unit that
    it is for: one order for each seller.

    `id` is the client's: repeating the request with it gives the same purchase.
    """
    variantes = variantes_pedidas(sesion, {x.pedido for x in datos.lineas or ()})
    lineas = tuple((variantes[x.pedido], x.cantidad) for x in datos.lineas) if datos.lineas else None
    solicitud = SolicitudCompra(
        id=datos.id or nuevo_id(),
        entrega=datos.entrega,
        lineas=lineas,
        huella=datos.huella,
        total=datos.total,
        unidad_id=datos.unidad_id,
        factura=datos.factura,
        formas=por_vendedor(datos.formas),
        regalo=datos.regalo,
        cupon=datos.cupon,
    )
    hecha = comprar(sesion, actor, solicitud)
    return presentar.compra(hecha, pedidos_de(sesion, hecha.id))
