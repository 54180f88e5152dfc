"""JSON route of who sells to an entity."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Security
from starlette.responses import Response

from ciudadania import actor_requerido
from comercio.comprometidos.actos import responder_o_proponer
from comercio.comprometidos.esquemas import RespuestaDePago
from nucleo.actor import Actor
from nucleo.actos import RESPUESTAS_202, Propuesto, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])
Parte = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]


@router.post(
    "/pedidos/{pedido_id}/pago-de-entidad",
    status_code=204,
    response_model=None,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def responder(
    pedido_id: UUID, datos: RespuestaDePago, sesion: Sesion, actor: Parte, _: Idempotente
) -> Response | None:
    """Quien vendió a una entidad pública dice si llegó lo que ella dice que pagó por tesorería (C-31). Si no
    llegó, la entidad lo debe. El silencio dice que llegó; puede decir que no hasta que termine ese año, y por
    lo menos treinta días."""
    hecho = responder_o_proponer(sesion, actor, pedido_id, llego=datos.llego)
    return respuesta_propuesto(hecho) if isinstance(hecho, Propuesto) else None
