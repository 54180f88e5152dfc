"""JSON routes of what one side of an order asks of the other."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Security

from ciudadania import actor_requerido
from comercio.acuerdos import acordar
from comercio.acuerdos.consultas import acuerdos_de
from comercio.acuerdos.esquemas import (
    AcuerdoFicha,
    AcuerdosDelPedido,
    PlazoPedido,
    QuitaPedida,
    RespuestaDeAcuerdo,
)
from comercio.acuerdos.modelos import Acuerdo
from comercio.pedidos import detalle_pedido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])
Parte = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]


@router.get("/pedidos/{pedido_id}/acuerdos", responses=respuestas(404))
def listar(pedido_id: UUID, sesion: Sesion, actor: Parte) -> AcuerdosDelPedido:
    """Lo que cada lado pidió cambiar de un pedido y qué respondió el otro; lo último primero."""
    detalle_pedido(sesion, actor, pedido_id)
    return AcuerdosDelPedido(datos=[_ficha(a) for a in acuerdos_de(sesion, pedido_id)])


@router.post("/pedidos/{pedido_id}/acuerdos/plazo", responses=respuestas(404, 409, 422))
def pedir_plazo(
    pedido_id: UUID, datos: PlazoPedido, sesion: Sesion, actor: Parte, _: Idempotente
) -> AcuerdoFicha:
    """Quien vende pide más días para despachar o para hacer el servicio. Nada cambia sin que quien compró
    acepte; si no responde a tiempo, queda como estaba."""
    return _ficha(acordar.pedir_plazo(sesion, actor, pedido_id, datos))


@router.post("/pedidos/{pedido_id}/acuerdos/quita", responses=respuestas(404, 409, 422))
def pedir_quitar(
    pedido_id: UUID, datos: QuitaPedida, sesion: Sesion, actor: Parte, _: Idempotente
) -> AcuerdoFicha:
    """Cualquiera de los dos pide quitar una cantidad de una línea que no salió; lo que costó vuelve cuando el
    otro acepta, y a nadie le cuenta como falta."""
    return _ficha(acordar.pedir_quitar(sesion, actor, pedido_id, datos))


@router.post("/pedidos/{pedido_id}/acuerdos/respuesta", responses=respuestas(404, 409))
def responder(
    pedido_id: UUID, datos: RespuestaDeAcuerdo, sesion: Sesion, actor: Parte, _: Idempotente
) -> AcuerdoFicha:
    """El otro lado acepta lo que le piden, o no; quien lo pidió puede retirarlo."""
    return _ficha(acordar.responder(sesion, actor, pedido_id, datos.acuerdo_id, datos.acepta))


def _ficha(acuerdo: Acuerdo) -> AcuerdoFicha:
    return AcuerdoFicha.model_validate(acuerdo, from_attributes=True)
