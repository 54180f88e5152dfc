"""JSON routes of the schedules."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorOpcional
from feria_inversa.cronograma.esquemas import CronogramaEntrada, CronogramaSalida
from feria_inversa.cronograma.etapas import Etapa
from feria_inversa.cronograma.plazos import Dias
from feria_inversa.cronograma.presentar import presentar
from feria_inversa.cronograma.programar import programar
from feria_inversa.entidades import Contratante
from feria_inversa.procesos import convocatoria_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.web import publico

router = APIRouter(prefix="/api/v1/convocatorias", route_class=RutaIdempotente, tags=["feria inversa"])
DE_UNA = "/{convocatoria_id}/cronograma"


def etapas_de(datos: CronogramaEntrada) -> Dias:
    return {etapa: dia for etapa in Etapa if (dia := getattr(datos, etapa)) is not None}


@router.get(DE_UNA, dependencies=[Depends(publico)], responses=respuestas(404))
def ver_cronograma(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> CronogramaSalida:
    """Los días del proceso, con los plazos que los separan contados por el calendario de la entidad."""
    return presentar(sesion, convocatoria_visible(sesion, actor, convocatoria_id))


@router.post(DE_UNA, status_code=201, responses=respuestas(404, 409))
def fijar_cronograma(
    convocatoria_id: UUID, datos: CronogramaEntrada, sesion: Sesion, actor: Contratante, _: Idempotente
) -> CronogramaSalida:
    """Fija los días del proceso; para cambiarlos se fijan de nuevo, con un motivo que será público."""
    programar(sesion, actor, convocatoria_id, etapas_de(datos), datos.motivo)
    return presentar(sesion, convocatoria_visible(sesion, actor, convocatoria_id))
