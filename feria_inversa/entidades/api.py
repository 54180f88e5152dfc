"""JSON routes of the executing units."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorRequerido
from feria_inversa.entidades.ejecutoras import declarar_ejecutora
from feria_inversa.entidades.esquemas import EjecutoraEntrada, EjecutoraSalida
from feria_inversa.entidades.series import ejecutoras_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
DE_UNA = "/entidades-contratantes/{unidad_id}/unidades-ejecutoras"


@router.get(DE_UNA, dependencies=[Depends(publico)], responses=respuestas())
def listar_ejecutoras(unidad_id: UUID, sesion: Sesion) -> list[EjecutoraSalida]:
    """Las unidades ejecutoras que una entidad declaró, por su código."""
    return [EjecutoraSalida.model_validate(fila) for fila in ejecutoras_de(sesion, unidad_id)]


@router.post(DE_UNA, status_code=201, responses=respuestas(404, 409))
def declarar(
    unidad_id: UUID, datos: EjecutoraEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> EjecutoraSalida:
    """La entidad declara una unidad ejecutora: desde entonces puede publicar con su código."""
    return EjecutoraSalida.model_validate(declarar_ejecutora(sesion, actor, unidad_id, datos))
