"""JSON routes of questions, and of what the sides of an order write to each other."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Request, Response, Security, UploadFile

from ciudadania import ActorOpcional, ActorRequerido, actor_requerido
from comercio.catalogo import detalle_de_producto
from comercio.mensajes import hilo, preguntas
from comercio.mensajes.consultas import pregunta_del_vendedor, preguntas_de
from comercio.mensajes.consultas_de_hilo import Escrito, archivo_de, como_prueba, escritos, parte_en
from comercio.mensajes.esquemas import (
    LecturaNueva,
    MensajeFicha,
    PreguntaFicha,
    PreguntaNueva,
    RespuestaDePreguntaNueva,
    TextoDeMensaje,
)
from nucleo.actor import Actor
from nucleo.archivos import Recibido
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["opiniones"])
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]
ActorDePedidos = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]
_ARCHIVO: dict[int | str, dict[str, Any]] = {
    200: {"description": "El archivo.", "content": {"image/jpeg": {}, "application/pdf": {}}}
}


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


@router.get("/pedidos/{pedido_id}/mensajes", responses=respuestas(404), tags=["pedidos"])
def listar_mensajes(
    pedido_id: UUID, sesion: Sesion, actor: ActorDePedidos, pagina: Cursor
) -> Pagina[MensajeFicha]:
    """Lo que se escribieron quien compró y quien vende, lo último primero. No lo marca como leído."""
    _pedido, lado = parte_en(sesion, actor, pedido_id)
    leidos, siguiente = escritos(sesion, pedido_id, lado, pagina)
    return Pagina(datos=[_ficha(x) for x in reversed(leidos)], siguiente=siguiente)


@router.post(
    "/pedidos/{pedido_id}/mensajes",
    status_code=201,
    responses=respuestas(404, 409, 413, 429),
    tags=["pedidos"],
)
def escribir_mensaje(
    pedido_id: UUID,
    sesion: Sesion,
    actor: ActorDePedidos,
    texto: Annotated[TextoDeMensaje, Form(description="Sin teléfonos, enlaces ni pagos por otro lado.")],
    _: Idempotente,
    archivo: Annotated[
        UploadFile | None, File(description="Foto (JPEG, PNG, WebP o HEIC) o PDF de hasta 8 MB.")
    ] = None,
) -> MensajeFicha:
    """Escribe al otro lado del pedido, hasta 30 días después de que termina; no con un reclamo abierto."""
    recibido = Recibido.de(archivo) if archivo is not None else None
    mensaje = hilo.escribir(sesion, actor, pedido_id, texto, recibido)
    return _ficha(Escrito(mensaje, leido=False, propio=True))


@router.post(
    "/pedidos/{pedido_id}/mensajes/lectura", status_code=204, responses=respuestas(404), tags=["pedidos"]
)
def marcar_mensajes_leidos(
    pedido_id: UUID, datos: LecturaNueva, sesion: Sesion, actor: ActorDePedidos, _: Idempotente
) -> None:
    """Anota hasta qué mensaje leyó su lado; lo leído no vuelve atrás."""
    hilo.marcar_leidos(sesion, actor, pedido_id, datos.hasta)


@router.get(
    "/pedidos/{pedido_id}/mensajes/{mensaje_id}/archivo",
    response_class=Response,
    responses=_ARCHIVO | respuestas(404),
    tags=["pedidos"],
)
def ver_archivo_de_mensaje(
    request: Request, pedido_id: UUID, mensaje_id: UUID, sesion: Sesion, actor: ActorDePedidos
) -> Response:
    """La foto o el PDF de un mensaje, para los dos lados y la autoridad que media en su reclamo."""
    return respuesta_de(sesion, archivo_de(sesion, actor, pedido_id, mensaje_id), request)


@router.get("/reclamos-de-compra/{reclamo_id}/mensajes", responses=respuestas(404), tags=["pedidos"])
def listar_mensajes_de_un_reclamo(
    reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, pagina: Cursor
) -> Pagina[MensajeFicha]:
    """Lo que se escribieron los dos lados, para la autoridad ante la que se llevó el reclamo."""
    pedido = como_prueba(sesion, actor, reclamo_id)
    leidos, siguiente = escritos(sesion, pedido.id, None, pagina)
    return Pagina(datos=[_ficha(x) for x in reversed(leidos)], siguiente=siguiente)


def _ficha(x: Escrito) -> MensajeFicha:
    campos = {c: getattr(x.mensaje, c, None) for c in MensajeFicha.model_fields}
    campos |= {
        "con_archivo": x.mensaje.archivo_id is not None,
        "escribio": x.mensaje.actor if x.propio else None,
        "leido": x.leido,
    }
    return MensajeFicha(**campos)
