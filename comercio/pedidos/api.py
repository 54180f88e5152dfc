"""JSON routes of orders."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Security

from ciudadania import ActorRequerido, actor_requerido
from comercio.compra import EstadoPedido, PedidoBreve, comprado_por, pedido_breve
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import presentar
from comercio.pedidos.consultas import detalle_pedido, pedidos_del_comprador, ventas_de
from comercio.pedidos.esquemas import (
    Cancelacion,
    CodigoDicho,
    DespachoNuevo,
    LineaOtraVezFicha,
    OtraVez,
    PedidoFicha,
    Prestacion,
    por_linea,
)
from comercio.pedidos.otra_vez import comprar_otra_vez
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina
from nucleo.problemas import respuesta_problema

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente)
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]
PedidoId = Annotated[UUID, Path()]


@router.get("/pedidos", responses=respuestas(403), tags=["pedidos"])
def listar_pedidos(
    sesion: Sesion,
    actor: ActorRequerido,
    pagina: Cursor,
    abiertos: bool = False,
    unidad_id: Annotated[UUID | None, Query(description="Lo que compró esta unidad, y no usted.")] = None,
) -> Pagina[PedidoBreve]:
    """What you bought, or a unit that you may buy for, newest first."""
    if unidad_id is not None:
        exigir_facultad(sesion, actor, unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    de = comprado_por(sesion, actor.persona_id, unidad_id)
    lista, siguiente = pedidos_del_comprador(sesion, de, pagina, abiertos=abiertos)
    return Pagina(datos=[pedido_breve(x.pedido, x.envio_numero) for x in lista], siguiente=siguiente)


@router.get("/pedidos/{pedido_id}", responses=respuestas(404), tags=["pedidos"])
def ver_pedido(pedido_id: PedidoId, sesion: Sesion, actor: Vendedor) -> PedidoFicha:
    """Un pedido, para quien compró o quien vende."""
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/preparacion", responses=respuestas(404, 409), tags=["pedidos"])
def preparar(pedido_id: PedidoId, sesion: Sesion, actor: Vendedor, _: Idempotente) -> PedidoFicha:
    """Quien vende empezó a prepararlo."""
    pedidos.preparar(sesion, actor, pedido_id)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/despacho", responses=respuestas(404, 409), tags=["pedidos"])
def despachar(
    pedido_id: PedidoId, datos: DespachoNuevo, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> PedidoFicha:
    """Anuncia un paquete a un operador postal: todo lo que queda, o tanto de cada línea. El plazo para
    despachar corre hasta que el operador lo recibe."""
    pedidos.despachar(sesion, actor, pedido_id, datos.operador_id, por_linea(datos.lineas))
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/alistamiento", responses=respuestas(404, 409), tags=["pedidos"])
def alistar(pedido_id: PedidoId, sesion: Sesion, actor: Vendedor, _: Idempotente) -> PedidoFicha:
    """Lo que no va por correo está listo para que lo recojan, o sale con quien vende: corre el plazo para
    entregarlo contra el código de quien compró."""
    pedidos.alistar(sesion, actor, pedido_id)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post(
    "/pedidos/{pedido_id}/entrega-en-mano",
    responses=respuestas(404, 409, 422),
    response_model=PedidoFicha,
    tags=["pedidos"],
)
def entregar_en_mano(
    pedido_id: PedidoId, datos: CodigoDicho, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> Any:
    """Quien vende lo entrega contra el código que le muestran. Cinco códigos errados lo bloquean hasta que
    quien compró pida otro."""
    error = pedidos.entregar_en_mano(sesion, actor, pedido_id, datos.codigo_entrega)
    if error is not None:  # answered, not raised: its count is kept
        return respuesta_problema(error)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/no-entregado", responses=respuestas(404, 409), tags=["pedidos"])
def no_se_entrego(pedido_id: PedidoId, sesion: Sesion, actor: Vendedor, _: Idempotente) -> PedidoFicha:
    """Quien vende se queda lo que nadie recogió o no pudo entregar en mano: el dinero vuelve.

    Antes de su fecha cuenta como cancelado por quien vende.
    """
    pedidos.no_se_entrego(sesion, actor, pedido_id)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/codigo", responses=respuestas(404, 409), tags=["pedidos"])
def renovar_codigo(pedido_id: PedidoId, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> PedidoFicha:
    """Quien compró pide otro código para lo que se le entrega en mano; el anterior deja de servir."""
    pedidos.renovar_codigo(sesion, actor, pedido_id)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/prestacion", responses=respuestas(404, 409), tags=["pedidos"])
def prestar(
    pedido_id: PedidoId, datos: Prestacion, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> PedidoFicha:
    """Quien vende declara que hizo el servicio, y qué lo muestra."""
    pedidos.prestar(sesion, actor, pedido_id, datos.evidencia)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/conformidad", responses=respuestas(404, 409), tags=["pedidos"])
def dar_conformidad(
    pedido_id: PedidoId, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> PedidoFicha:
    """Quien compró dice que el servicio se hizo, o que lo que llegó está bien: se paga ya a quien vende."""
    pedidos.dar_conformidad(sesion, actor, pedido_id)
    return presentar.pedido(detalle_pedido(sesion, actor, pedido_id))


@router.post("/pedidos/{pedido_id}/cancelacion", responses=respuestas(404, 409), tags=["pedidos"])
def cancelar(
    pedido_id: PedidoId, datos: Cancelacion, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> PedidoFicha:
    """Quien compró o quien vende cancela lo que no salió, todo o tanto de cada línea: lo que costó vuelve."""
    pedidos.cancelar(sesion, actor, pedido_id, datos.motivo, por_linea(datos.lineas))
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
    return Pagina(datos=[pedido_breve(x.pedido, x.envio_numero) for x in lista], siguiente=siguiente)


@router.post("/pedidos/{pedido_id}/carrito", responses=respuestas(403, 404, 409), tags=["carrito"])
def comprar_de_nuevo(pedido_id: PedidoId, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> OtraVez:
    """Pone en su carrito lo que hoy hay de un pedido que terminó, y dice qué no. Repetirlo no suma."""
    return OtraVez(
        lineas=[
            LineaOtraVezFicha(
                producto_id=x.fila.producto_id,
                variante_id=x.fila.variante_id,
                titulo=x.fila.titulo,
                comprada=x.fila.cantidad,
                cantidad=x.cantidad,
                por_que=x.por_que,
            )
            for x in comprar_otra_vez(sesion, actor, pedido_id)
        ]
    )
