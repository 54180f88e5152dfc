"""JSON routes of the qualities."""

from fastapi import APIRouter, Response

from ciudadania import ActorRequerido
from empresa_digital.registro.catalogos import Habilitacion
from empresa_digital.registro.habilitaciones import habilitar
from empresa_digital.registro.habilitaciones.acto import OTORGAMIENTO, CuerpoDeOtorgamiento
from empresa_digital.registro.habilitaciones.consultas import bandeja_de_habilitaciones
from empresa_digital.registro.habilitaciones.esquemas import (
    HabilitacionSalida,
    HabilitacionSolicitud,
    Otorgamiento,
)
from empresa_digital.registro.habilitaciones.modelos import HabilitacionUnidad
from empresa_digital.registro.habilitaciones.presentar import habilitacion_publica
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion
from empresa_digital.registro.mandatos import exigir_regulador, unidad_visible
from empresa_digital.registro.unidades import MotivoEntrada, Numero, Unidad, unidades_en_lote
from nucleo.actos import RESPUESTAS_202, Propuesto, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)


@router.get("/habilitaciones", responses=respuestas())
def listar_habilitaciones(
    sesion: Sesion,
    actor: ActorRequerido,
    pagina: Cursor,
    estado: EstadoHabilitacion = EstadoHabilitacion.SOLICITADA,
) -> Pagina[HabilitacionSalida]:
    """Las habilitaciones en un estado, las que más esperan primero. Solo para el registro."""
    exigir_regulador(sesion, actor)
    filas, siguiente = bandeja_de_habilitaciones(sesion, estado, pagina)
    unidades = unidades_en_lote(sesion, (fila.unidad_id for fila in filas))
    return Pagina(
        datos=[_habilitacion(unidades[fila.unidad_id], fila) for fila in filas], siguiente=siguiente
    )


@router.post("/unidades-economicas/{numero}/habilitaciones", status_code=201, responses=respuestas(404, 409))
def solicitar_habilitacion(
    numero: Numero,
    datos: HabilitacionSolicitud,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> HabilitacionSalida:
    """La unidad solicita una habilitación."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    fila = habilitar.solicitar_habilitacion(sesion, actor, unidad.id, datos.habilitacion)
    return _habilitacion(unidad, fila)


@router.post(
    "/unidades-economicas/{numero}/habilitaciones/{habilitacion}/otorgamiento",
    response_model=HabilitacionSalida,
    responses={**respuestas(404, 409), **RESPUESTAS_202},
)
def otorgar_habilitacion(
    numero: Numero,
    habilitacion: Habilitacion,
    datos: Otorgamiento,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> HabilitacionSalida | Response:
    """El registro otorga, renueva o levanta la suspensión de una habilitación.

    Las de contratar, llevar correo y regular las otorgan dos personas: queda esperando la segunda firma.
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    cuerpo = CuerpoDeOtorgamiento(unidad=unidad.id, habilitacion=habilitacion, **datos.model_dump())
    hecho = OTORGAMIENTO.hacer(sesion, actor, cuerpo)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return _habilitacion(unidad, hecho)


@router.post(
    "/unidades-economicas/{numero}/habilitaciones/{habilitacion}/rechazo", responses=respuestas(404, 409)
)
def rechazar_habilitacion(
    numero: Numero,
    habilitacion: Habilitacion,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> HabilitacionSalida:
    """El registro rechaza una solicitud; la unidad puede volver a pedirla."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    fila = habilitar.rechazar_habilitacion(sesion, actor, unidad.id, habilitacion, datos.motivo)
    return _habilitacion(unidad, fila)


@router.post(
    "/unidades-economicas/{numero}/habilitaciones/{habilitacion}/suspension", responses=respuestas(404, 409)
)
def suspender_habilitacion(
    numero: Numero,
    habilitacion: Habilitacion,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> HabilitacionSalida:
    """El registro suspende una habilitación desde este momento."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    fila = habilitar.suspender_habilitacion(sesion, actor, unidad.id, habilitacion, datos.motivo)
    return _habilitacion(unidad, fila)


def _habilitacion(unidad: Unidad, fila: HabilitacionUnidad) -> HabilitacionSalida:
    return HabilitacionSalida(
        **habilitacion_publica(fila, interno=True).model_dump(),
        unidad=unidad.numero,
        denominacion=unidad.denominacion,
        solicitada_en=fila.solicitada_en,
        resuelta_en=fila.resuelta_en,
    )
