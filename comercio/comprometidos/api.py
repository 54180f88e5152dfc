"""JSON route of who sells to an entity."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Security

from ciudadania import actor_requerido
from comercio.comprometidos.esquemas import RespuestaDePago
from comercio.comprometidos.pagos import responder_pago_fuera
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])
Parte = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]


@router.post("/pedidos/{pedido_id}/pago-de-entidad", status_code=204, responses=respuestas(404, 409))
def responder(pedido_id: UUID, datos: RespuestaDePago, sesion: Sesion, actor: Parte, _: Idempotente) -> None:
    """Quien vendió a una entidad pública dice si llegó lo que ella dice que pagó por tesorería (C-31). Si no
    llegó, la entidad lo debe. El silencio dice que llegó, y mientras dure ese año puede decir que no."""
    responder_pago_fuera(sesion, actor, pedido_id, llego=datos.llego)
