"""JSON routes of items."""

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.status import HTTP_201_CREATED

from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from envios.items.acceso import ActorDeEnvios
from envios.items.anunciar import crear_envio
from envios.items.consultas import Papeles, envio_visible, vista_de
from envios.items.esquemas import EnvioLeido, EnvioPorCrear
from envios.items.modelos import Envio
from envios.items.presentar import leer_envio
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina, paginar

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)


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
