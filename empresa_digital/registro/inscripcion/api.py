"""JSON routes of the life of a registration."""

from fastapi import APIRouter, Response

from ciudadania import ActorRequerido
from empresa_digital.registro.inscripcion import vida
from empresa_digital.registro.inscripcion.acto import CIERRE, INSCRIPCION, CuerpoDeCierre, CuerpoDeInscripcion
from empresa_digital.registro.inscripcion.esquemas import (
    Rectificacion,
    UnidadCambios,
    UnidadNueva,
    UnidadSalida,
)
from empresa_digital.registro.inscripcion.presentar import responder
from empresa_digital.registro.mandatos import unidad_visible
from empresa_digital.registro.unidades import MotivoEntrada, Numero
from nucleo.actos import RESPUESTAS_202, Propuesto, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import VersionPedida
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)

# --- Units -----------------------------------------------------------------------------------------------


@router.post("/unidades-economicas", status_code=201, responses=respuestas(409))
def crear_unidad(
    datos: UnidadNueva, sesion: Sesion, actor: ActorRequerido, respuesta: Response, _clave: Idempotente
) -> UnidadSalida:
    """Abre un borrador con su número permanente; quien lo abre queda facultado para administrarlo."""
    unidad = vida.crear_borrador(sesion, actor, datos.model_dump(exclude_unset=True))
    respuesta.headers["Location"] = f"/api/v1/unidades-economicas/{unidad.numero}"
    return responder(sesion, respuesta, unidad)


@router.patch("/unidades-economicas/{numero}", responses=respuestas(404, 409, 412, 428))
def editar_unidad(
    numero: Numero,
    cambios: UnidadCambios,
    version: VersionPedida,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
) -> UnidadSalida:
    """Cambia datos de la versión leída. Lo que identifica a una unidad ya inscrita lo rectifica el
    registro.
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    limpios = cambios.model_dump(exclude_unset=True)
    unidad = vida.editar_unidad(sesion, actor, unidad.id, limpios, version=version)
    return responder(sesion, respuesta, unidad)


@router.post("/unidades-economicas/{numero}/presentacion", responses=respuestas(404, 409))
def presentar_unidad(
    numero: Numero, sesion: Sesion, actor: ActorRequerido, respuesta: Response, _clave: Idempotente
) -> UnidadSalida:
    """Presenta el borrador, o lo observado ya corregido, ante el registro."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return responder(sesion, respuesta, vida.presentar(sesion, actor, unidad.id))


@router.post(
    "/unidades-economicas/{numero}/inscripcion",
    response_model=UnidadSalida,
    responses={**respuestas(404, 409), **RESPUESTAS_202},
)
def inscribir_unidad(
    numero: Numero, sesion: Sesion, actor: ActorRequerido, respuesta: Response, _clave: Idempotente
) -> UnidadSalida | Response:
    """El registro inscribe: desde ahora la unidad es pública y puede actuar.

    A entidades públicas y operadores postales los inscriben dos personas: queda esperando la segunda firma.
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    hecho = INSCRIPCION.hacer(sesion, actor, CuerpoDeInscripcion(unidad=unidad.id, version=unidad.version))
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return responder(sesion, respuesta, hecho)


@router.post("/unidades-economicas/{numero}/observacion", responses=respuestas(404, 409))
def observar_unidad(
    numero: Numero,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
    _clave: Idempotente,
) -> UnidadSalida:
    """El registro devuelve la solicitud con lo que hay que corregir."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return responder(sesion, respuesta, vida.observar(sesion, actor, unidad.id, datos.motivo))


@router.post("/unidades-economicas/{numero}/suspension", responses=respuestas(404, 409))
def suspender_unidad(
    numero: Numero,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
    _clave: Idempotente,
) -> UnidadSalida:
    """El registro suspende: nadie puede actuar por la unidad hasta que se la rehabilite."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return responder(sesion, respuesta, vida.suspender(sesion, actor, unidad.id, datos.motivo))


@router.post("/unidades-economicas/{numero}/rehabilitacion", responses=respuestas(404, 409))
def rehabilitar_unidad(
    numero: Numero, sesion: Sesion, actor: ActorRequerido, respuesta: Response, _clave: Idempotente
) -> UnidadSalida:
    """Deshace una suspensión o una cancelación."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return responder(sesion, respuesta, vida.rehabilitar(sesion, actor, unidad.id))


@router.post(
    "/unidades-economicas/{numero}/cancelacion",
    response_model=UnidadSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def cancelar_unidad(
    numero: Numero,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
    _clave: Idempotente,
) -> UnidadSalida | Response:
    """Cierra el registro: lo pide la unidad o lo dispone el registro.

    Si usted solo administra junto con otros, queda esperando sus firmas (202).
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    hecho = CIERRE.hacer(sesion, actor, CuerpoDeCierre(unidad=unidad.id, motivo=datos.motivo))
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return responder(sesion, respuesta, hecho)


@router.post("/unidades-economicas/{numero}/rectificacion", responses=respuestas(404, 409, 412, 428))
def rectificar_unidad(
    numero: Numero,
    datos: Rectificacion,
    version: VersionPedida,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
    _clave: Idempotente,
) -> UnidadSalida:
    """El registro corrige los datos de una unidad inscrita; queda su motivo y se avisa a la unidad."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    cambios = datos.model_dump(exclude_unset=True, exclude={"motivo"})
    hecha = vida.rectificar_unidad(sesion, actor, unidad.id, cambios, datos.motivo, version=version)
    return responder(sesion, respuesta, hecha)
