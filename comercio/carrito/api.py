"""JSON routes of the cart."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from ciudadania import ActorOpcional
from comercio.carrito import llenar as carritos
from comercio.carrito import presentar
from comercio.carrito.esquemas import CarritoFicha, CuponDelCarrito, LineaCambiada, LineaPedida
from comercio.carrito.visitante import ajustar_galleta, titular_de, titular_o_nuevo
from comercio.catalogo import variante_pedida
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente)
_PUBLICO = [Depends(publico)]


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
    _: Idempotente,  # before the actor, whom it reads in the same thread
    actor: ActorOpcional,
) -> CarritoFicha:
    """Add so much of a variant; it sums to what is already in the cart."""
    titular = titular_o_nuevo(sesion, request, actor)
    vista = carritos.agregar(sesion, titular, variante_pedida(sesion, linea.pedido), linea.cantidad)
    ajustar_galleta(response, request, titular)
    return presentar.carrito(vista)


@router.put("/carrito/cupon", dependencies=_PUBLICO, responses=respuestas(409), tags=["carrito"])
def poner_cupon(
    datos: CuponDelCarrito, request: Request, response: Response, sesion: Sesion, actor: ActorOpcional
) -> CarritoFicha:
    """Guarda el código de un cupón en el carrito, si ahora descuenta algo de lo que lleva, o lo quita."""
    titular = titular_de(sesion, request, actor)
    vista = carritos.poner_cupon(sesion, titular, datos.codigo)
    ajustar_galleta(response, request, titular)
    return presentar.carrito(vista)


@router.put(
    "/carrito/lineas/{variante_id}", dependencies=_PUBLICO, responses=respuestas(404, 409), tags=["carrito"]
)
def cambiar_linea(
    variante_id: UUID,
    cambio: LineaCambiada,
    request: Request,
    response: Response,
    sesion: Sesion,
    actor: ActorOpcional,
) -> CarritoFicha:
    """Set the quantity of a variant (or of the only one of a product, by its id); 0 takes it out."""
    titular = titular_o_nuevo(sesion, request, actor)
    pedida = variante_pedida(sesion, variante_id)
    vista = carritos.fijar_cantidad(sesion, titular, pedida, cambio.cantidad)
    ajustar_galleta(response, request, titular)
    return presentar.carrito(vista)
