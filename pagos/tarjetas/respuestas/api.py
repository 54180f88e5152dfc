"""JSON API of claims of cardholders: look, and answer."""

from uuid import UUID

from fastapi import APIRouter, Request

from ciudadania import ActorRequerido
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from pagos.tarjetas.api import id_de_la_clave
from pagos.tarjetas.consultas import disputa_por_id, exigir_ver, intento_por_id, respuestas_de
from pagos.tarjetas.esquemas import DisputaVista, NuevaRespuesta, RespuestaVista
from pagos.tarjetas.ida import preguntar
from pagos.tarjetas.modelos import RespuestaDisputa
from pagos.tarjetas.respuestas.responder import avanzar_respuesta, responder

router = APIRouter(prefix="/api/v1", tags=["pagos con tarjeta"], route_class=RutaIdempotente)


@router.get("/disputas-de-tarjeta/{disputa_id}", responses=respuestas(404))
def ver_disputa(disputa_id: UUID, sesion: Sesion, actor: ActorRequerido) -> DisputaVista:
    """Un reclamo del titular de una tarjeta, como se sabe ahora."""
    disputa = disputa_por_id(sesion, disputa_id)
    exigir_ver(sesion, actor, intento_por_id(sesion, disputa.intento_id))
    return DisputaVista.de(disputa, respuestas_de(sesion, [disputa_id]).get(disputa_id))


@router.post(
    "/disputas-de-tarjeta/{disputa_id}/respuesta", status_code=201, responses=respuestas(404, 409, 503)
)
def responder_disputa(
    request: Request,
    disputa_id: UUID,
    pedido: NuevaRespuesta,
    sesion: Sesion,
    actor: ActorRequerido,
    _: Idempotente,
) -> RespuestaVista:
    """Envía pruebas al banco, una sola vez y hasta `responder_hasta`. Mire `estado`."""
    respuesta = responder(
        sesion,
        actor,
        id=id_de_la_clave(request, actor),
        disputa_id=disputa_id,
        explicacion=pedido.explicacion,
        producto=pedido.producto,
        fecha=pedido.fecha,
        guia=pedido.guia,
    )
    nueva = respuesta.envios == 0
    sesion.commit()
    if nueva:
        preguntar(avanzar_respuesta, respuesta.id)
    return RespuestaVista.de(sesion.get_one(RespuestaDisputa, respuesta.id, populate_existing=True))
