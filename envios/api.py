"""JSON routes of shipments."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response, Security
from starlette.status import HTTP_201_CREATED

from ciudadania import ActorRequerido, actor_requerido
from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from envios.consultas import Papeles, envio_por_numero, envio_visible, eventos_de, vista_de
from envios.crear_envio import crear_envio
from envios.entregar import anular_envio, autorizar_remitente, entregar, registrar_evento, renovar_codigo
from envios.esquemas import (
    EntregaPorRegistrar,
    EnvioLeido,
    EnvioPorCrear,
    EventoPorRegistrar,
    EventoRegistrado,
    EventosLeidos,
    LoteDeEventos,
    LoteRegistrado,
    Seguimiento,
)
from envios.modelos import Envio
from envios.registrar_eventos import (
    EventoNuevo,
    Fuente,
    Resultado,
    ResultadoEvento,
    registrar_eventos,
)
from envios.seguimiento import leer_envio, leer_evento, seguimiento_publico
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.limites import limitar
from nucleo.paginacion import Cursor, Pagina, paginar
from nucleo.problemas import respuesta_problema
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)

# A machine of the operator may do what its unit's workers do, with the scope `envios`.
ActorDeEnvios = Annotated[Actor, Security(actor_requerido, scopes=["envios"])]
SEGUIMIENTOS_POR_MINUTO = 60


def _registrado(resultado: ResultadoEvento) -> EventoRegistrado:
    return EventoRegistrado(
        resultado=resultado.resultado,
        numero=resultado.envio.numero if resultado.envio else None,
        estado=resultado.envio.estado if resultado.envio else None,
        evento=leer_evento(resultado.evento) if resultado.evento else None,
        codigo=resultado.error.codigo if resultado.error else None,
        detalle=resultado.error.detalle if resultado.error else None,
    )


def _contestar(response: Response, resultado: ResultadoEvento) -> Any:
    """201 recorded, 200 already recorded; a refusal is answered, not raised, so that its count is kept."""
    if resultado.error is not None:
        return respuesta_problema(resultado.error)
    response.status_code = 201 if resultado.resultado is Resultado.REGISTRADO else 200
    return _registrado(resultado)


@router.post("/envios", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def anunciar_envio(
    sesion: Sesion, actor: ActorDeEnvios, cuerpo: EnvioPorCrear, response: Response, _: Idempotente
) -> EnvioLeido:
    """Announce a shipment for a unit that sells (faculty VENDER, habilitación VENDEDOR)."""
    autorizacion = exigir_facultad(sesion, actor, cuerpo.remitente_unidad_id, Facultad.VENDER)
    exigir_habilitacion(sesion, cuerpo.remitente_unidad_id, Habilitacion.VENDEDOR)
    envio = crear_envio(sesion, autorizacion, **cuerpo.model_dump())
    response.headers["Location"] = f"/api/v1/envios/{envio.id}"
    return leer_envio(envio, vista_de(sesion, actor, envio))


@router.get("/envios", responses=respuestas())
def listar_envios(sesion: Sesion, actor: ActorDeEnvios, pagina: Cursor) -> Pagina[EnvioLeido]:
    """Shipments the caller receives, sends or carries, newest first."""
    papeles = Papeles.de(sesion, actor)
    columnas = (Envio.creado_en, Envio.id)
    filas, siguiente = paginar(sesion, papeles.envios(), pagina, columnas=columnas)
    return Pagina(datos=[leer_envio(e, papeles.vista(e)) for e in filas], siguiente=siguiente)


@router.get("/envios/{envio_id}", responses=respuestas(404))
def obtener_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, response: Response) -> EnvioLeido:
    """One shipment, for whoever is concerned by it."""
    envio, vista = envio_visible(sesion, actor, envio_id)
    response.headers["ETag"] = etag(envio.version)
    return leer_envio(envio, vista)


@router.get("/envios/{envio_id}/eventos", responses=respuestas(404))
def listar_eventos_de_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID) -> EventosLeidos:
    """All events by time of occurrence, late ones in their place."""
    envio, _vista = envio_visible(sesion, actor, envio_id)
    return EventosLeidos(datos=[leer_evento(e) for e in eventos_de(sesion, envio.id)])


_UN_EVENTO: dict[int | str, dict[str, Any]] = {
    **respuestas(404, 409),
    200: {"model": EventoRegistrado, "description": "El evento ya estaba registrado"},
}


@router.post(
    "/envios/{envio_id}/eventos",
    status_code=HTTP_201_CREATED,
    response_model=EventoRegistrado,
    responses=_UN_EVENTO,
)
def registrar_evento_de_envio(
    response: Response,
    sesion: Sesion,
    actor: ActorDeEnvios,
    envio_id: UUID,
    cuerpo: EventoPorRegistrar,
    _: Idempotente,
) -> Any:
    """Record an event as the shipment's operator. EMI to the recipient needs the recipient's code."""
    nuevo = EventoNuevo(envio_id=envio_id, **cuerpo.model_dump())
    return _contestar(response, registrar_evento(sesion, actor, envio_id, nuevo, Fuente.API))


@router.post("/eventos-de-envio", responses=respuestas(409))
def subir_eventos_de_envio(
    sesion: Sesion, actor: ActorDeEnvios, cuerpo: LoteDeEventos, _: Idempotente
) -> LoteRegistrado:
    """Upload events of many items in any order, as often as needed: each gets its own result."""
    nuevos = [EventoNuevo(**evento.model_dump()) for evento in cuerpo.eventos]
    resultados = registrar_eventos(sesion, actor, cuerpo.operador_unidad_id, nuevos, Fuente.LOTE)
    cuenta = {r: sum(x.resultado is r for x in resultados) for r in Resultado}
    return LoteRegistrado(
        datos=[_registrado(r) for r in resultados],
        registrados=cuenta[Resultado.REGISTRADO],
        repetidos=cuenta[Resultado.REPETIDO],
        rechazados=cuenta[Resultado.RECHAZADO],
    )


@router.post(
    "/envios/{envio_id}/entrega",
    status_code=HTTP_201_CREATED,
    response_model=EventoRegistrado,
    responses=_UN_EVENTO,
)
def registrar_entrega_de_envio(
    response: Response,
    sesion: Sesion,
    actor: ActorDeEnvios,
    envio_id: UUID,
    cuerpo: EntregaPorRegistrar,
    _: Idempotente,
) -> Any:
    """Deliver against the recipient's code. Five wrong codes lock it until the recipient renews it."""
    resultado = entregar(sesion, actor, envio_id, fuente=Fuente.API, **cuerpo.model_dump())
    return _contestar(response, resultado)


@router.post("/envios/{envio_id}/anulacion", responses=respuestas(404, 409))
def anular_un_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, _: Idempotente) -> EnvioLeido:
    """Cancel as the sender, while the operator has not received it."""
    envio, vista = envio_visible(sesion, actor, envio_id)
    envio = anular_envio(sesion, autorizar_remitente(sesion, actor, envio), envio_id)
    return leer_envio(envio, vista)


@router.post("/envios/{envio_id}/codigo-de-entrega", responses=respuestas(404, 409))
def renovar_codigo_de_entrega(
    sesion: Sesion, actor: ActorRequerido, envio_id: UUID, _: Idempotente
) -> EnvioLeido:
    """Give the recipient a new delivery code; the old one stops working."""
    envio = renovar_codigo(sesion, actor, envio_id)
    return leer_envio(envio, vista_de(sesion, actor, envio))


@router.get("/seguimiento/{numero}", dependencies=[Depends(publico)], responses=respuestas(404))
def seguir_envio(
    request: Request, sesion: Sesion, numero: Annotated[str, Path(min_length=1, max_length=60)]
) -> Seguimiento:
    """The public track of a shipment by its S10 number, without anybody's data."""
    limitar(
        "seguimiento",
        request.client.host if request.client else "sin-direccion",
        cupo=SEGUIMIENTOS_POR_MINUTO,
        ventana_s=60,
    )
    return seguimiento_publico(sesion, envio_por_numero(sesion, numero))
