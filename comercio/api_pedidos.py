"""JSON routes of carts, purchases and orders. Part of `api.router`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response, Security

from ciudadania import ActorOpcional, ActorRequerido, actor_requerido
from comercio import carrito as carritos
from comercio import pedidos, presentar
from comercio.comprar import SolicitudCompra, comprar, pedidos_de
from comercio.consultas_pedidos import detalle_pedido, pedidos_del_comprador, ventas_de
from comercio.esquemas import (
    Cancelacion,
    CarritoFicha,
    CompraFicha,
    CompraNueva,
    DespachoNuevo,
    LineaCambiada,
    LineaPedida,
    PedidoBreve,
    PedidoFicha,
)
from comercio.estados import EstadoPedido
from comercio.visitante import ajustar_galleta, titular_de, titular_o_nuevo
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.ids import nuevo_id
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(route_class=RutaIdempotente)
_PUBLICO = [Depends(publico)]
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]
PedidoId = Annotated[UUID, Path()]


# --- Cart ------------------------------------------------------------------------------------------


@router.get("/carrito", dependencies=_PUBLICO, responses=respuestas(), tags=["carrito"])
def ver_carrito(request: Request, response: Response, sesion: Sesion, actor: ActorOpcional) -> CarritoFicha:
    """The cart of the bearer, or of the visitor's cookie, with today's prices."""
    titular = titular_de(sesion, request, actor)
    ajustar_galleta(response, request, titular)
    return presentar.carrito(carritos.ver_carrito(sesion, titular) if titular else carritos.VistaCarrito())


@router.post(
    "/carrito/lineas",
    status_code=201,
    dependencies=_PUBLICO,
    responses=respuestas(404, 409),
    tags=["carrito"],
)
def agregar_al_carrito(
    linea: LineaPedida,
    request: Request,
    response: Response,
    sesion: Sesion,
    actor: ActorOpcional,
    _: Idempotente,
) -> CarritoFicha:
    """Add units of a product; they sum to those already in the cart."""
    titular = titular_o_nuevo(sesion, request, actor)
    carritos.agregar(sesion, titular, linea.producto_id, linea.cantidad)
    ajustar_galleta(response, request, titular)
    return presentar.carrito(carritos.ver_carrito(sesion, titular))


@router.put(
    "/carrito/lineas/{producto_id}", dependencies=_PUBLICO, responses=respuestas(404, 409), tags=["carrito"]
)
def cambiar_linea(
    producto_id: UUID,
    cambio: LineaCambiada,
    request: Request,
    response: Response,
    sesion: Sesion,
    actor: ActorOpcional,
) -> CarritoFicha:
    """Set the quantity of a product; 0 takes it out."""
    titular = titular_o_nuevo(sesion, request, actor)
    carritos.fijar_cantidad(sesion, titular, producto_id, cambio.cantidad)
    ajustar_galleta(response, request, titular)
    return presentar.carrito(carritos.ver_carrito(sesion, titular))


# --- Orders ----------------------------------------------------------------------------------------


@router.post("/pedidos", status_code=201, responses=respuestas(404, 409), tags=["pedidos"])
def crear_compra(datos: CompraNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> CompraFicha:
    """Buy the cart or the given lines, paid from the wallet into escrow: one order for each seller.

    `id` is the client's: repeating the request with it gives the same purchase.
    """
    lineas = tuple((x.producto_id, x.cantidad) for x in datos.lineas) if datos.lineas else None
    solicitud = SolicitudCompra(
        id=datos.id or nuevo_id(),
        entrega=datos.entrega,
        lineas=lineas,
        huella=datos.huella,
        total=datos.total,
    )
    hecha = comprar(sesion, actor, solicitud)
    return presentar.compra(hecha, pedidos_de(sesion, hecha.id))


@router.get("/pedidos", responses=respuestas(), tags=["pedidos"])
def listar_pedidos(
    sesion: Sesion, actor: ActorRequerido, pagina: Cursor, abiertos: bool = False
) -> Pagina[PedidoBreve]:
    """What you bought, newest first."""
    assert actor.persona_id is not None
    lista, siguiente = pedidos_del_comprador(sesion, actor.persona_id, pagina, abiertos=abiertos)
    return Pagina(datos=[presentar.pedido_breve(x.pedido) for x in lista], siguiente=siguiente)


@router.get("/pedidos/{pedido_id}", responses=respuestas(404), tags=["pedidos"])
def ver_pedido(pedido_id: PedidoId, sesion: Sesion, actor: Vendedor) -> PedidoFicha:
    """An order, for its buyer or its seller."""
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/preparacion", responses=respuestas(404, 409), tags=["pedidos"])
def preparar(pedido_id: PedidoId, sesion: Sesion, actor: Vendedor, _: Idempotente) -> PedidoFicha:
    """The seller has begun to prepare it."""
    pedidos.preparar(sesion, actor, pedido_id)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/despacho", responses=respuestas(404, 409), tags=["pedidos"])
def despachar(
    pedido_id: PedidoId, datos: DespachoNuevo, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> PedidoFicha:
    """Hand it to a postal operator: the shipment is announced."""
    pedidos.despachar(sesion, actor, pedido_id, datos.operador_id)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/conformidad", responses=respuestas(404, 409), tags=["pedidos"])
def dar_conformidad(
    pedido_id: PedidoId, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> PedidoFicha:
    """The buyer says that a service was done."""
    pedidos.dar_conformidad(sesion, actor, pedido_id)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/cancelacion", responses=respuestas(404, 409), tags=["pedidos"])
def cancelar(
    pedido_id: PedidoId, datos: Cancelacion, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> PedidoFicha:
    """Buyer or seller, before dispatch: the money goes back."""
    pedidos.cancelar(sesion, actor, pedido_id, datos.motivo)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.get("/ventas", responses=respuestas(), tags=["pedidos"])
def listar_ventas(
    sesion: Sesion,
    actor: Vendedor,
    pagina: Cursor,
    unidad_id: Annotated[UUID, Query(description="Unidad que vende.")],
    estado: EstadoPedido | None = None,
) -> Pagina[PedidoBreve]:
    """The orders of a unit, newest first."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    lista, siguiente = ventas_de(sesion, unidad_id, pagina, (estado,) if estado else ())
    return Pagina(datos=[presentar.pedido_breve(x.pedido) for x in lista], siguiente=siguiente)
