"""JSON routes: who decides what, and by which norms."""

from uuid import UUID

from fastapi import APIRouter, Depends, Response

from ciudadania import ActorRequerido
from empresa_digital.registro.competencias import normas as lista
from empresa_digital.registro.competencias.actos import (
    DEROGACION_DE_NORMA,
    NORMA_NUEVA,
    OTORGAMIENTO,
    RETIRO_DE_COMPETENCIA,
    CuerpoDeCompetencia,
    CuerpoDeDerogacion,
    CuerpoDeNorma,
    CuerpoDeRetiro,
    propuesto,
)
from empresa_digital.registro.competencias.consultas import competencias_vigentes, todas_las_competencias
from empresa_digital.registro.competencias.esquemas import (
    CodigoDeNorma,
    CompetenciaNueva,
    CompetenciaSalida,
    Derogacion,
    NormaNueva,
    NormaSalida,
    RetiroDeCompetencia,
)
from empresa_digital.registro.competencias.presentar import competencias_publicas, norma_publica
from empresa_digital.registro.unidades import unidad_por_numero
from nucleo.acceso import publico
from nucleo.actos import RESPUESTAS_202, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)


@router.get("/competencias", dependencies=[Depends(publico)], responses=respuestas())
def listar_competencias(sesion: Sesion, todas: bool = False) -> list[CompetenciaSalida]:
    """Quién decide qué, dónde y por qué norma: lo vigente hoy o, con `todas`, también lo que terminó."""
    filas = todas_las_competencias(sesion) if todas else competencias_vigentes(sesion)
    return competencias_publicas(sesion, filas)


@router.post(
    "/competencias",
    status_code=202,
    response_model=None,
    responses={**respuestas(404, 409), **RESPUESTAS_202},
)
def otorgar_competencia(
    datos: CompetenciaNueva, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> Response:
    """Da una competencia a una autoridad: queda firmada por usted, espera a otra persona de la suya."""
    autoridad = unidad_por_numero(sesion, datos.autoridad)
    cuerpo = CuerpoDeCompetencia(autoridad=autoridad.id, **datos.model_dump(exclude={"autoridad"}))
    return respuesta_propuesto(propuesto(OTORGAMIENTO.hacer(sesion, actor, cuerpo)))


@router.post(
    "/competencias/{id}/retiro",
    status_code=202,
    response_model=None,
    responses={**respuestas(404, 409), **RESPUESTAS_202},
)
def retirar_competencia(
    id: UUID, datos: RetiroDeCompetencia, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> Response:
    """Retira una competencia: queda firmada por usted, espera a otra persona de su autoridad."""
    cuerpo = CuerpoDeRetiro(competencia=id, motivo=datos.motivo)
    return respuesta_propuesto(propuesto(RETIRO_DE_COMPETENCIA.hacer(sesion, actor, cuerpo)))


@router.get("/normas", dependencies=[Depends(publico)], responses=respuestas())
def listar_normas(sesion: Sesion) -> list[NormaSalida]:
    """Las normas en que se puede fundar una decisión, con sus fechas."""
    return [norma_publica(n) for n in lista.lista_de_normas(sesion)]


@router.post("/normas", status_code=202, response_model=None, responses={**respuestas(409), **RESPUESTAS_202})
def agregar_norma(datos: NormaNueva, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente) -> Response:
    """Agrega una norma a la lista: queda firmada por usted, espera a otra persona de su autoridad."""
    cuerpo = CuerpoDeNorma(**datos.model_dump())
    return respuesta_propuesto(propuesto(NORMA_NUEVA.hacer(sesion, actor, cuerpo)))


@router.post(
    "/normas/{codigo}/derogacion",
    status_code=202,
    response_model=None,
    responses={**respuestas(409), **RESPUESTAS_202},
)
def derogar_norma(
    codigo: CodigoDeNorma, datos: Derogacion, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> Response:
    """La norma termina, cuando lo firme otra persona: lo que se fundó en ella sigue, nada nuevo puede."""
    cuerpo = CuerpoDeDerogacion(codigo=codigo, vigente_hasta=datos.vigente_hasta)
    return respuesta_propuesto(propuesto(DEROGACION_DE_NORMA.hacer(sesion, actor, cuerpo)))
