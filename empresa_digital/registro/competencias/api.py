"""JSON routes: who decides what, and by which norms."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorRequerido
from empresa_digital.registro.competencias import normas as lista
from empresa_digital.registro.competencias import otorgar
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
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)


@router.get("/competencias", dependencies=[Depends(publico)])
def listar_competencias(sesion: Sesion, todas: bool = False) -> list[CompetenciaSalida]:
    """Quién decide qué, dónde y por qué norma: lo vigente hoy o, con `todas`, también lo que terminó."""
    filas = todas_las_competencias(sesion) if todas else competencias_vigentes(sesion)
    return competencias_publicas(sesion, filas)


@router.post("/competencias", status_code=201, responses=respuestas(404, 409))
def otorgar_competencia(
    datos: CompetenciaNueva, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> CompetenciaSalida:
    """Da una competencia a una autoridad."""
    autoridad = unidad_por_numero(sesion, datos.autoridad)
    nueva = otorgar.NuevaCompetencia(**datos.model_dump(exclude={"autoridad"}))
    return competencias_publicas(sesion, [otorgar.otorgar_competencia(sesion, actor, autoridad.id, nueva)])[0]


@router.post("/competencias/{id}/retiro", responses=respuestas(404, 409))
def retirar_competencia(
    id: UUID, datos: RetiroDeCompetencia, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> CompetenciaSalida:
    """Retira una competencia desde este momento."""
    return competencias_publicas(sesion, [otorgar.retirar_competencia(sesion, actor, id, datos.motivo)])[0]


@router.get("/normas", dependencies=[Depends(publico)])
def listar_normas(sesion: Sesion) -> list[NormaSalida]:
    """Las normas en que se puede fundar una decisión, con sus fechas."""
    return [norma_publica(n) for n in lista.lista_de_normas(sesion)]


@router.post("/normas", status_code=201, responses=respuestas(409))
def agregar_norma(
    datos: NormaNueva, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> NormaSalida:
    """Agrega una norma a la lista."""
    return norma_publica(lista.agregar_norma(sesion, actor, **datos.model_dump()))


@router.post("/normas/{codigo}/derogacion")
def derogar_norma(
    codigo: CodigoDeNorma, datos: Derogacion, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> NormaSalida:
    """La norma termina: lo que se fundó en ella sigue, nada nuevo puede fundarse."""
    return norma_publica(lista.derogar_norma(sesion, actor, codigo, datos.vigente_hasta))
