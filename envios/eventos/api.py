"""JSON routes of the events of items."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.status import HTTP_201_CREATED

from envios.eventos.anular import anular_envio, autorizar_remitente
from envios.eventos.consultas import eventos_de
from envios.eventos.esquemas import (
    EventoPorRegistrar,
    EventoRegistrado,
    EventosLeidos,
    LoteDeEventos,
    LoteRegistrado,
)
from envios.eventos.presentar import UN_EVENTO, contestar, leer_evento, leer_resultado
from envios.eventos.registrar_eventos import (
    EventoNuevo,
    Fuente,
    Resultado,
    registrar_evento,
    registrar_eventos,
)
from envios.items import ActorDeEnvios, EnvioLeido, envio_visible, leer_envio, partes_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)


@router.get("/envios/{envio_id}/eventos", responses=respuestas(404))
def listar_eventos_de_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID) -> EventosLeidos:
    """All events by time of occurrence, late ones in their place."""
    envio, _vista = envio_visible(sesion, actor, envio_id)
    return EventosLeidos(datos=[leer_evento(e) for e in eventos_de(sesion, envio.id)])


@router.post(
    "/envios/{envio_id}/eventos",
    status_code=HTTP_201_CREATED,
    response_model=EventoRegistrado,
    responses=UN_EVENTO,
)
def registrar_evento_de_envio(
    response: Response,
    sesion: Sesion,
    actor: ActorDeEnvios,
    envio_id: UUID,
    cuerpo: EventoPorRegistrar,
    _: Idempotente,
) -> Any:
    """Record an event as the shipment's operator. EMI to the recipient needs the recipient's code."""
    nuevo = EventoNuevo(envio_id=envio_id, **cuerpo.model_dump())
    return contestar(response, registrar_evento(sesion, actor, envio_id, nuevo, Fuente.API))


@router.post("/eventos-de-envio", responses=respuestas(409))
def subir_eventos_de_envio(
    sesion: Sesion, actor: ActorDeEnvios, cuerpo: LoteDeEventos, _: Idempotente
) -> LoteRegistrado:
    """Upload events of many items in any order, as often as needed: each gets its own result."""
    nuevos = [EventoNuevo(**evento.model_dump()) for evento in cuerpo.eventos]
    resultados = registrar_eventos(sesion, actor, cuerpo.operador_unidad_id, nuevos, Fuente.LOTE)
    cuenta = {r: sum(x.resultado is r for x in resultados) for r in Resultado}
    return LoteRegistrado(
        datos=[leer_resultado(r) for r in resultados],
        registrados=cuenta[Resultado.REGISTRADO],
        repetidos=cuenta[Resultado.REPETIDO],
        rechazados=cuenta[Resultado.RECHAZADO],
    )


@router.post("/envios/{envio_id}/anulacion", responses=respuestas(404, 409))
def anular_un_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, _: Idempotente) -> EnvioLeido:
    """Cancel as the sender, while the operator has not received it."""
    envio, vista = envio_visible(sesion, actor, envio_id)
    envio = anular_envio(sesion, autorizar_remitente(sesion, actor, envio), envio_id)
    return leer_envio(envio, vista, partes_de(sesion, [envio]))
