"""JSON routes of the roles."""

from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session

from ciudadania import ActorOpcional, ActorRequerido, buscar_persona_por_ci
from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.designaciones import designar, excusas
from feria_inversa.designaciones.designar import Nombramiento
from feria_inversa.designaciones.esquemas import (
    CeseEntrada,
    DesignacionSalida,
    ExcusaEntrada,
    ExcusaSalida,
    NombramientoEnEntidad,
    NombramientoEnProceso,
    PapelesSalida,
    RecusacionEntrada,
    ResolucionDeExcusa,
)
from feria_inversa.designaciones.presentar import designaciones, papeles_de
from feria_inversa.designaciones.presentar import excusas as presentar_excusas
from feria_inversa.papeles import (
    EstadoExcusa,
    Papel,
    PapelNoCorresponde,
)
from feria_inversa.papeles.modelos import Designacion, Excusa
from feria_inversa.procesos import convocatoria_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.textos import gettext
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
DE_PROCESO = "/convocatorias/{convocatoria_id}/papeles"
DE_ENTIDAD = "/entidades-contratantes/{unidad_id}/papeles"
DE_UNA = "/designaciones/{designacion_id}"


def _nuevo(sesion: Session, datos: NombramientoEnEntidad | NombramientoEnProceso) -> Nombramiento:
    persona = buscar_persona_por_ci(sesion, datos.ci, datos.complemento)
    if persona is None:
        detalle = gettext("Ninguna persona con mandato de la entidad tiene ese carnet.")
        raise PapelNoCorresponde(detalle, campos={"ci": detalle})
    return Nombramiento(Papel(datos.papel), persona.id, datos.documento, datos.hasta)


def _una(sesion: Session, fila: Designacion) -> DesignacionSalida:
    return designaciones(sesion, [fila])[0]


def _excusa(sesion: Session, fila: Excusa) -> ExcusaSalida:
    return presentar_excusas(sesion, [fila])[0][1]


@router.get(DE_PROCESO, dependencies=[Depends(publico)], responses=respuestas(404))
def listar_papeles(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> PapelesSalida:
    """Quién es quién en el proceso: los papeles de la entidad y los del proceso, con sus excusas."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return papeles_de(sesion, convocatoria.unidad_id, convocatoria.id)


@router.post(DE_PROCESO, status_code=201, responses=respuestas(404, 409))
def nombrar_en_proceso(
    convocatoria_id: UUID, datos: NombramientoEnProceso, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> DesignacionSalida:
    """Nombra a una persona en un papel del proceso: desde entonces sus actos son suyos."""
    return _una(sesion, designar.designar_en_proceso(sesion, actor, convocatoria_id, _nuevo(sesion, datos)))


@router.get(DE_ENTIDAD, responses=respuestas(404))
def listar_papeles_de_entidad(unidad_id: UUID, sesion: Sesion, actor: ActorRequerido) -> PapelesSalida:
    """Los papeles de la entidad, los que terminaron también. Para quien la administra."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    return papeles_de(sesion, unidad_id)


@router.post(DE_ENTIDAD, status_code=201, responses=respuestas(404, 409))
def nombrar_en_entidad(
    unidad_id: UUID, datos: NombramientoEnEntidad, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> DesignacionSalida:
    """Nombra a una persona en un papel de la entidad, para todo proceso que no nombre a otra."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    return _una(sesion, designar.designar_en_entidad(sesion, actor, unidad_id, _nuevo(sesion, datos)))


@router.post(DE_UNA + "/cese", responses=respuestas(404, 409))
def cesar(
    designacion_id: UUID, datos: CeseEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> DesignacionSalida:
    """Quien podía nombrarla la cesa, con un motivo público."""
    return _una(sesion, designar.cesar(sesion, actor, designacion_id, datos.motivo))


@router.post(DE_UNA + "/excusa", status_code=201, responses=respuestas(404, 409))
def excusarse(
    designacion_id: UUID, datos: ExcusaEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ExcusaSalida:
    """Quien tiene un papel de un proceso pide quedar fuera: no actúa hasta que le respondan."""
    return _excusa(sesion, excusas.excusarse(sesion, actor, designacion_id, datos.motivo))


@router.post(DE_UNA + "/recusaciones", status_code=201, responses=respuestas(404, 409))
def recusar(
    designacion_id: UUID, datos: RecusacionEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ExcusaSalida:
    """Una unidad que ofertó pide que esa persona quede fuera, desde que se abren los sobres."""
    fila = excusas.recusar(sesion, actor, designacion_id, datos.unidad_id, datos.motivo)
    return _excusa(sesion, fila)


@router.post("/excusas/{excusa_id}/resolucion", responses=respuestas(404, 409))
def resolver(
    excusa_id: UUID, datos: ResolucionDeExcusa, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ExcusaSalida:
    """La máxima autoridad la acepta o la rechaza, con su fundamento."""
    fila = excusas.resolver_excusa(sesion, actor, excusa_id, EstadoExcusa(datos.decision), datos.fundamento)
    return _excusa(sesion, fila)
