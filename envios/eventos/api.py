"""JSON routes of the events of items."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.status import HTTP_201_CREATED

from envios.eventos.anular import autorizar_remitente, pedir_anulacion
from envios.eventos.consultas import incidencias_por_envio
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.esquemas import (
    AnulacionLeida,
    CorreccionAnotada,
    CorreccionPorAnotar,
    EventoPorRegistrar,
    EventoRegistrado,
    EventosLeidos,
    IncidenciaLeida,
    IncidenciaPorResolver,
    IncidenciasLeidas,
    LoteDeEventos,
    LoteRegistrado,
)
from envios.eventos.incidencias import resolver_incidencia
from envios.eventos.nuevo import EventoNuevo, Fuente, Resultado
from envios.eventos.presentar import UN_EVENTO, contestar, escribir_lote, leer_historia, leer_incidencia
from envios.eventos.registrar_eventos import registrar_evento, registrar_eventos
from envios.items import ActorDeEnvios, envio_del_operador, envio_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)


@router.get("/envios/{envio_id}/eventos", responses=respuestas(404))
def listar_eventos_de_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID) -> EventosLeidos:
    """Todos los eventos por la hora en que ocurrieron; los que llegaron tarde, en su lugar."""
    envio, _vista = envio_visible(sesion, actor, envio_id)
    return EventosLeidos(datos=leer_historia(sesion, envio))


@router.post(
    "/envios/{envio_id}/eventos",
    status_code=HTTP_201_CREATED,
    response_model=EventoRegistrado,
    responses=UN_EVENTO,
)
def registrar_evento_de_envio(
    response: Response,
    sesion: Sesion,
    actor: ActorDeEnvios,
    envio_id: UUID,
    cuerpo: EventoPorRegistrar,
    _: Idempotente,
) -> Any:
    """Registra un evento, como operador del envío. EMI a quien recibe pide su código."""
    nuevo = EventoNuevo(envio_id=envio_id, **cuerpo.model_dump())
    return contestar(response, registrar_evento(sesion, actor, envio_id, nuevo, Fuente.API))


@router.post("/eventos-de-envio", response_model=LoteRegistrado, responses=respuestas(409))
def subir_eventos_de_envio(
    sesion: Sesion, actor: ActorDeEnvios, cuerpo: LoteDeEventos, _: Idempotente
) -> Response:
    """Sube eventos de muchos envíos, en cualquier orden y cuantas veces sea: cada uno con su resultado."""
    nuevos = [EventoNuevo(**vars(evento)) for evento in cuerpo.eventos]
    resultados = registrar_eventos(sesion, actor, cuerpo.operador_unidad_id, nuevos, Fuente.LOTE)
    return Response(escribir_lote(resultados), media_type="application/json")


@router.post("/envios/{envio_id}/anulacion", responses=respuestas(404, 409))
def anular_un_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, _: Idempotente) -> AnulacionLeida:
    """Pide, como quien lo envía, que se anule: lo confirma el operador, o el tiempo."""
    envio, _vista = envio_visible(sesion, actor, envio_id)
    fila = pedir_anulacion(sesion, autorizar_remitente(sesion, actor, envio), envio_id)
    return AnulacionLeida.model_validate(fila, from_attributes=True)


@router.post("/correcciones-de-evento", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def corregir_un_evento(
    response: Response, sesion: Sesion, actor: ActorDeEnvios, cuerpo: CorreccionPorAnotar, _: Idempotente
) -> CorreccionAnotada:
    """Declara equivocado un evento propio del operador; no vuelve a contar, por más que se envíe otra vez.

    Responde 200 si ya se había declarado.
    """
    nueva = Correccion(**cuerpo.model_dump(exclude={"operador_unidad_id"}))
    hecha = corregir(sesion, actor, cuerpo.operador_unidad_id, nueva, Fuente.API)
    response.status_code = 201 if hecha.resultado is Resultado.REGISTRADO else 200
    envio = hecha.envio
    return CorreccionAnotada(
        resultado=hecha.resultado,
        numero=envio.numero if envio else None,
        estado=envio.estado if envio else None,
    )


@router.get("/envios/{envio_id}/incidencias", responses=respuestas(404))
def listar_incidencias_de_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID) -> IncidenciasLeidas:
    """Lo que no encaja de un envío, abierto y resuelto, para el operador que lo tiene."""
    envio = envio_del_operador(sesion, actor, envio_id)
    filas = incidencias_por_envio(sesion, [envio.id])[envio.id]
    return IncidenciasLeidas(datos=[leer_incidencia(f) for f in filas])


@router.post("/incidencias-de-envio/{incidencia_id}/resolucion", responses=respuestas(404, 409))
def resolver_una_incidencia(
    sesion: Sesion, actor: ActorDeEnvios, incidencia_id: UUID, cuerpo: IncidenciaPorResolver, _: Idempotente
) -> IncidenciaLeida:
    """Dice cómo terminó, como el operador que tiene el envío. No se abre otra vez."""
    return leer_incidencia(resolver_incidencia(sesion, actor, incidencia_id, cuerpo.como, cuerpo.nota))
