"""JSON routes of the door: delivery against the code, its proof, a new code."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Request, Response, UploadFile
from starlette.status import HTTP_201_CREATED

from ciudadania import ActorRequerido
from envios.entrega.codigos import renovar_codigo
from envios.entrega.devolver import anunciar_devolucion
from envios.entrega.elegir import elegir, ubicar
from envios.entrega.entregar import entregar
from envios.entrega.espera import prorrogar
from envios.entrega.esquemas import (
    DevolucionPorAnunciar,
    EleccionLeida,
    EleccionPorHacer,
    EntregaPorRegistrar,
    PruebaLeida,
    PruebaPorGuardar,
    PruebasLeidas,
    UbicacionPorDecir,
)
from envios.entrega.modelos import PruebaDeEntrega
from envios.entrega.presentar import archivo_visible, leer_eleccion, leer_prueba, pruebas_visibles
from envios.entrega.prueba import agregar_archivo, guardar_prueba_de_evento
from envios.entrega.tipos import ClaseDeArchivo
from envios.eventos import UN_EVENTO, EventoRegistrado, Fuente, contestar
from envios.items import (
    ActorDeEnvios,
    EnvioLeido,
    Vista,
    envio_por_id,
    envio_visible,
    leer_envio,
    partes_de,
    vista_de,
)
from nucleo.archivos import Recibido
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)

_IMAGEN: dict[int | str, dict[str, Any]] = {
    200: {"description": "La imagen.", "content": {"image/jpeg": {}, "image/webp": {}}}
}


@router.post(
    "/envios/{envio_id}/entrega",
    status_code=HTTP_201_CREATED,
    response_model=EventoRegistrado,
    responses=UN_EVENTO,
)
def registrar_entrega_de_envio(
    response: Response,
    sesion: Sesion,
    actor: ActorDeEnvios,
    envio_id: UUID,
    cuerpo: EntregaPorRegistrar,
    _: Idempotente,
) -> Any:
    """Entrega contra el código de quien recibe, con su prueba. Cinco códigos errados lo bloquean."""
    resultado = entregar(
        sesion,
        actor,
        envio_id,
        cuerpo.codigo_entrega,
        prueba=cuerpo.datos(),
        evento_cliente_id=cuerpo.evento_cliente_id,
        ocurrido_en=cuerpo.ocurrido_en,
        lugar=cuerpo.lugar,
        fuente=Fuente.API,
    )
    return contestar(response, resultado)


@router.post(
    "/eventos-de-envio/{evento_id}/prueba", status_code=HTTP_201_CREATED, responses=respuestas(404, 409)
)
def guardar_prueba_de_entrega(
    sesion: Sesion, actor: ActorDeEnvios, evento_id: UUID, cuerpo: PruebaPorGuardar, _: Idempotente
) -> PruebaLeida:
    """Guarda la prueba de una entrega (EMI) anotada sin ella, como su operador; una vez."""
    return _leer(sesion, guardar_prueba_de_evento(sesion, actor, evento_id, cuerpo.datos()))


@router.get("/envios/{envio_id}/pruebas-de-entrega", responses=respuestas(404))
def listar_pruebas_de_entrega(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID) -> PruebasLeidas:
    """Quién lo recibió, para quien envía, quien recibe y el operador que lo lleva."""
    envio, vista = envio_visible(sesion, actor, envio_id)
    return PruebasLeidas(datos=[leer_prueba(p) for p in pruebas_visibles(sesion, envio, vista)])


@router.post(
    "/pruebas-de-entrega/{prueba_id}/{clase}",
    status_code=HTTP_201_CREATED,
    responses=respuestas(404, 409, 413),
)
def agregar_imagen_a_prueba(
    sesion: Sesion,
    actor: ActorDeEnvios,
    prueba_id: UUID,
    clase: ClaseDeArchivo,
    imagen: Annotated[UploadFile, File(description="JPEG, PNG, WebP o HEIC de hasta 8 MB.")],
    _: Idempotente,
) -> PruebaLeida:
    """Agrega la foto o la firma, como el operador que entregó; una vez cada una, también días después."""
    return _leer(sesion, agregar_archivo(sesion, actor, prueba_id, clase, Recibido.de(imagen)))


@router.get(
    "/pruebas-de-entrega/{prueba_id}/{clase}", response_class=Response, responses=_IMAGEN | respuestas(404)
)
def ver_imagen_de_prueba(
    request: Request, sesion: Sesion, actor: ActorDeEnvios, prueba_id: UUID, clase: ClaseDeArchivo
) -> Response:
    """La foto o la firma, para quien envía, quien recibe y el operador que lo lleva."""
    imagen = archivo_visible(sesion, actor, prueba_id, clase)
    return respuesta_de(sesion, imagen.archivo_id, request)


def _leer(sesion: Sesion, fila: PruebaDeEntrega) -> PruebaLeida:
    """As its operator sees it."""
    envio = envio_por_id(sesion, fila.envio_id)
    (una,) = [p for p in pruebas_visibles(sesion, envio, Vista.OPERADOR) if p.fila.id == fila.id]
    return leer_prueba(una)


@router.post("/envios/{envio_id}/elecciones", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def elegir_como_recibir(
    sesion: Sesion, actor: ActorRequerido, envio_id: UUID, cuerpo: EleccionPorHacer, _: Idempotente
) -> EleccionLeida:
    """Elige, como quien recibe, cuándo, dónde y quién por usted; hasta que salga a reparto."""
    elegir(sesion, actor, envio_id, cuerpo.eleccion())
    return leer_eleccion(sesion, actor, envio_por_id(sesion, envio_id))


@router.get("/envios/{envio_id}/eleccion", responses=respuestas(404))
def ver_eleccion_de_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID) -> EleccionLeida:
    """La elección que vale, para quien recibe, quien envía y el operador que lo lleva."""
    envio, _vista = envio_visible(sesion, actor, envio_id)
    return leer_eleccion(sesion, actor, envio)


@router.put("/envios/{envio_id}/ubicacion", responses=respuestas(404, 409))
def ubicar_envio(
    sesion: Sesion, actor: ActorRequerido, envio_id: UUID, cuerpo: UbicacionPorDecir, _: Idempotente
) -> EnvioLeido:
    """Dice, como quien recibe, dónde está la puerta en el mapa."""
    envio = ubicar(sesion, actor, envio_id, cuerpo.latitud, cuerpo.longitud)
    return leer_envio(envio, vista_de(sesion, actor, envio), partes_de(sesion, [envio]))


@router.post("/envios/{envio_id}/prorroga", responses=respuestas(404, 409))
def prorrogar_espera_de_envio(
    sesion: Sesion, actor: ActorRequerido, envio_id: UUID, _: Idempotente
) -> EnvioLeido:
    """Pide, como quien recibe, más tiempo para retirarlo; una vez. «espera_hasta» dice hasta cuándo."""
    envio = prorrogar(sesion, actor, envio_id)
    return leer_envio(envio, vista_de(sesion, actor, envio), partes_de(sesion, [envio]))


@router.post("/envios/{envio_id}/devolucion", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def anunciar_devolucion_de_envio(
    sesion: Sesion, actor: ActorRequerido, envio_id: UUID, cuerpo: DevolucionPorAnunciar, _: Idempotente
) -> EnvioLeido:
    """Anuncia, como quien recibió, otro envío que lo devuelve a quien lo mandó; lo paga quien devuelve."""
    vuelta = anunciar_devolucion(sesion, actor, envio_id, **cuerpo.model_dump())
    return leer_envio(vuelta, vista_de(sesion, actor, vuelta), partes_de(sesion, [vuelta]))


@router.post("/envios/{envio_id}/codigo-de-entrega", responses=respuestas(404, 409))
def renovar_codigo_de_entrega(
    sesion: Sesion, actor: ActorRequerido, envio_id: UUID, _: Idempotente
) -> EnvioLeido:
    """Da a quien recibe otro código de entrega; el anterior deja de servir."""
    envio = renovar_codigo(sesion, actor, envio_id)
    return leer_envio(envio, vista_de(sesion, actor, envio), partes_de(sesion, [envio]))
