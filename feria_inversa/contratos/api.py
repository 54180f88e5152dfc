"""JSON routes of the purchase orders."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorOpcional
from feria_inversa.contratos import presentar
from feria_inversa.contratos.consultas import orden_por_id, ordenes_de
from feria_inversa.contratos.esquemas import OrdenSalida
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.procesos import Contratante, convocatoria_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
ORDENES = "/convocatorias/{convocatoria_id}/ordenes-de-compra"


@router.post(ORDENES, status_code=201, responses=respuestas(404, 409))
def emitir_ordenes_de_compra(
    convocatoria_id: UUID, sesion: Sesion, actor: Contratante, _: Idempotente
) -> list[OrdenSalida]:
    """Emite una orden de compra para cada proveedor adjudicado."""
    ordenes = emitir_ordenes(sesion, actor, convocatoria_id)
    return [presentar.orden(sesion, orden) for orden in ordenes]


@router.get(
    ORDENES,
    dependencies=[Depends(publico)],
    responses=respuestas(404),
)
def listar_ordenes(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> list[OrdenSalida]:
    """Las órdenes de compra que resultaron de una convocatoria."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return [presentar.orden(sesion, orden) for orden in ordenes_de(sesion, convocatoria.id)]


@router.get("/ordenes-de-compra/{orden_id}", dependencies=[Depends(publico)], responses=respuestas(404))
def ver_orden(orden_id: UUID, sesion: Sesion) -> OrdenSalida:
    """Una orden de compra con sus líneas."""
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))
