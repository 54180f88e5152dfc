"""JSON routes of questions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Security

from ciudadania import ActorOpcional, ActorRequerido, actor_requerido
from comercio.catalogo import detalle_de_producto
from comercio.mensajes import preguntas
from comercio.mensajes.consultas import pregunta_del_vendedor, preguntas_de
from comercio.mensajes.esquemas import PreguntaFicha, PreguntaNueva, RespuestaDePreguntaNueva
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["opiniones"])
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]


@router.get("/productos/{producto_id}/preguntas", dependencies=[Depends(publico)], responses=respuestas(404))
def listar(producto_id: UUID, sesion: Sesion, actor: ActorOpcional, pagina: Cursor) -> Pagina[PreguntaFicha]:
    """Lo que se preguntó de un producto y se respondió."""
    detalle_de_producto(sesion, producto_id, actor)
    leidas, siguiente = preguntas_de(sesion, producto_id, pagina)
    return Pagina(
        datos=[PreguntaFicha.model_validate(p, from_attributes=True) for p in leidas], siguiente=siguiente
    )


@router.post("/productos/{producto_id}/preguntas", status_code=201, responses=respuestas(403, 404, 409, 429))
def preguntar(
    producto_id: UUID, datos: PreguntaNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> PreguntaFicha:
    """Pregunta por un producto. Se publica con su respuesta; sin respuesta en su plazo, se cierra."""
    pregunta = preguntas.preguntar(sesion, actor, producto_id, datos.texto)
    return PreguntaFicha(
        **{c: getattr(pregunta, c, None) for c in PreguntaFicha.model_fields},
    )


@router.post("/preguntas/{pregunta_id}/respuesta", status_code=201, responses=respuestas(403, 404, 409))
def responder(
    pregunta_id: UUID, datos: RespuestaDePreguntaNueva, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> PreguntaFicha:
    """Quien vende responde, una vez y para todos."""
    preguntas.responder(sesion, actor, pregunta_id, datos.texto)
    leida = pregunta_del_vendedor(sesion, actor, pregunta_id)
    return PreguntaFicha.model_validate(leida, from_attributes=True)
