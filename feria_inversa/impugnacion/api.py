"""JSON routes of the appeals."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorOpcional, ActorRequerido
from feria_inversa.impugnacion.consultas import impugnaciones_de
from feria_inversa.impugnacion.esquemas import (
    ImpugnacionEntrada,
    ImpugnacionSalida,
    ResolucionDeImpugnacion,
)
from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.impugnar import impugnar, retirar_impugnacion
from feria_inversa.impugnacion.presentar import impugnaciones
from feria_inversa.impugnacion.resolver import resolver_impugnacion
from feria_inversa.procesos import convocatoria_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
DE_UNA = "/convocatorias/{convocatoria_id}/impugnaciones"


@router.get(DE_UNA, dependencies=[Depends(publico)], responses=respuestas(404))
def listar_impugnaciones(
    convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional
) -> list[ImpugnacionSalida]:
    """Las impugnaciones de una convocatoria, con lo que se resolvió."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return impugnaciones(sesion, impugnaciones_de(sesion, convocatoria.id))


@router.post(DE_UNA, status_code=201, responses=respuestas(404, 409))
def presentar_impugnacion(
    convocatoria_id: UUID, datos: ImpugnacionEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ImpugnacionSalida:
    """Impugna la decisión de un ítem: el proceso se detiene hasta que se resuelva."""
    fila = impugnar(sesion, actor, convocatoria_id, datos.item_id, datos.unidad_id, datos.motivo)
    return impugnaciones(sesion, [fila])[0]


@router.post("/impugnaciones/{impugnacion_id}/retiro", responses=respuestas(404, 409))
def retirar(impugnacion_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> ImpugnacionSalida:
    """Retira una impugnación propia."""
    return impugnaciones(sesion, [retirar_impugnacion(sesion, actor, impugnacion_id)])[0]


@router.post("/impugnaciones/{impugnacion_id}/resolucion", responses=respuestas(404, 409))
def resolver(
    impugnacion_id: UUID,
    datos: ResolucionDeImpugnacion,
    sesion: Sesion,
    actor: ActorRequerido,
    _: Idempotente,
) -> ImpugnacionSalida:
    """La máxima autoridad la resuelve con su fundamento; sin respuesta, la decisión queda confirmada."""
    fila = resolver_impugnacion(
        sesion, actor, impugnacion_id, EstadoImpugnacion(datos.decision), datos.fundamento
    )
    return impugnaciones(sesion, [fila])[0]
