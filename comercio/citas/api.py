"""JSON routes of the appointment of an order."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Security

from ciudadania import actor_requerido
from comercio.agenda import CitaFicha
from comercio.agenda.modelos import Cita
from comercio.citas import acordar
from comercio.citas.esquemas import HoraPedida, RespuestaDeCita
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])
Parte = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]


@router.post("/pedidos/{pedido_id}/cita", responses=respuestas(404, 409))
def pedir(pedido_id: UUID, datos: HoraPedida, sesion: Sesion, actor: Parte, _: Idempotente) -> CitaFicha:
    """Quien compró elige la hora de un servicio con cita. Cuando ya hay una, cualquiera de los dos pide
    moverla: la nueva queda apartada hasta que el otro responda o venza su plazo."""
    return _ficha(acordar.pedir_hora(sesion, actor, pedido_id, datos.inicio))


@router.post("/pedidos/{pedido_id}/cita/respuesta", responses=respuestas(404, 409))
def responder(
    pedido_id: UUID, datos: RespuestaDeCita, sesion: Sesion, actor: Parte, _: Idempotente
) -> CitaFicha:
    """El otro lado acepta la hora que le piden, o no. La respuesta es la cita que queda."""
    return _ficha(acordar.responder_cambio(sesion, actor, pedido_id, datos.cita_id, datos.acepta))


@router.post("/pedidos/{pedido_id}/cita/ausencia", responses=respuestas(404, 409))
def declarar_ausencia(pedido_id: UUID, sesion: Sesion, actor: Parte, _: Idempotente) -> CitaFicha:
    """Pasada la hora, un lado declara que el otro no vino. Si lo dice quien vende, quien compró tiene su
    plazo para reclamar; si lo dice quien compró, quien vende tiene el suyo para declarar que atendió."""
    return _ficha(acordar.declarar_ausencia(sesion, actor, pedido_id))


def _ficha(cita: Cita) -> CitaFicha:
    return CitaFicha.model_validate(cita, from_attributes=True)
