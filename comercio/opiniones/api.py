"""JSON routes of reviews."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Security

from ciudadania import ActorOpcional, ActorRequerido, actor_requerido
from comercio.catalogo import detalle_de_producto
from comercio.opiniones import opinar as opiniones
from comercio.opiniones import presentar
from comercio.opiniones.consultas import distribucion_de, opiniones_de
from comercio.opiniones.esquemas import (
    ModeracionDeOpinion,
    OpinionesDeProducto,
    OpinionFicha,
    OpinionNueva,
    RespuestaDeOpinion,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["opiniones"])
ActorDePedidos = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]


@router.get("/productos/{producto_id}/opiniones", dependencies=[Depends(publico)], responses=respuestas(404))
def listar(producto_id: UUID, sesion: Sesion, actor: ActorOpcional, pagina: Cursor) -> OpinionesDeProducto:
    """Lo que opina quien compró un producto, y cuántas opiniones dieron cuántas estrellas."""
    detalle_de_producto(sesion, producto_id, actor)
    leidas, siguiente = opiniones_de(sesion, producto_id, pagina)
    return presentar.de_producto(distribucion_de(sesion, producto_id), leidas, siguiente)


@router.post("/pedidos/{pedido_id}/opiniones", status_code=201, responses=respuestas(403, 404, 409))
def opinar(
    pedido_id: UUID, datos: OpinionNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> OpinionFicha:
    """Opina de una línea de un pedido concluido. Otra vez, hasta `editable_hasta`, cambia lo que decía."""
    leida = opiniones.opinar(sesion, actor, pedido_id, datos.linea_id, datos.estrellas, datos.texto)
    return presentar.opinion(leida)


@router.post("/opiniones/{opinion_id}/respuesta", status_code=201, responses=respuestas(403, 404, 409))
def responder(
    opinion_id: UUID, datos: RespuestaDeOpinion, sesion: Sesion, actor: ActorDePedidos, _: Idempotente
) -> OpinionFicha:
    """Quien vende responde una opinión, una vez."""
    return presentar.opinion(opiniones.responder(sesion, actor, opinion_id, datos.texto))


@router.post("/opiniones/{opinion_id}/moderacion", status_code=201, responses=respuestas(403, 404, 409))
def moderar(
    opinion_id: UUID, datos: ModeracionDeOpinion, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> OpinionFicha:
    """La autoridad oculta una opinión o la restituye, con su motivo; lo que decía queda guardado."""
    ocultar = datos.que == "ocultar"
    return presentar.opinion(opiniones.moderar(sesion, actor, opinion_id, datos.motivo, ocultar=ocultar))
