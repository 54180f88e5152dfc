"""JSON routes of the door: delivery against the code, a new code."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.status import HTTP_201_CREATED

from ciudadania import ActorRequerido
from envios.entrega.codigos import renovar_codigo
from envios.entrega.entregar import entregar
from envios.entrega.esquemas import EntregaPorRegistrar
from envios.eventos import UN_EVENTO, EventoRegistrado, Fuente, contestar
from envios.items import ActorDeEnvios, EnvioLeido, leer_envio, partes_de, vista_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)


@router.post(
    "/envios/{envio_id}/entrega",
    status_code=HTTP_201_CREATED,
    response_model=EventoRegistrado,
    responses=UN_EVENTO,
)
def registrar_entrega_de_envio(
    response: Response,
    sesion: Sesion,
    actor: ActorDeEnvios,
    envio_id: UUID,
    cuerpo: EntregaPorRegistrar,
    _: Idempotente,
) -> Any:
    """Deliver against the recipient's code. Five wrong codes lock it until the recipient renews it."""
    resultado = entregar(sesion, actor, envio_id, fuente=Fuente.API, **cuerpo.model_dump())
    return contestar(response, resultado)


@router.post("/envios/{envio_id}/codigo-de-entrega", responses=respuestas(404, 409))
def renovar_codigo_de_entrega(
    sesion: Sesion, actor: ActorRequerido, envio_id: UUID, _: Idempotente
) -> EnvioLeido:
    """Give the recipient a new delivery code; the old one stops working."""
    envio = renovar_codigo(sesion, actor, envio_id)
    return leer_envio(envio, vista_de(sesion, actor, envio), partes_de(sesion, [envio]))
