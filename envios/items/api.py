"""JSON routes of items."""

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.status import HTTP_201_CREATED

from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    Parte,
    exigir_facultad,
    exigir_habilitacion,
    parte_de_persona,
    parte_de_unidad,
    parte_tercera,
)
from envios.items.acceso import ActorDeEnvios
from envios.items.anunciar import crear_envio
from envios.items.consultas import Papeles, envio_visible, vista_de
from envios.items.esquemas import EnvioLeido, EnvioPorCrear
from envios.items.modelos import Envio
from envios.items.partes import partes_de
from envios.items.presentar import leer_envio
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, NoEncontrado, respuestas
from nucleo.etag import etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina, paginar
from nucleo.textos import gettext as _texto

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)


@router.post("/envios", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def anunciar_envio(
    sesion: Sesion, actor: ActorDeEnvios, cuerpo: EnvioPorCrear, response: Response, _: Idempotente
) -> EnvioLeido:
    """Announce a shipment for a unit that sells (faculty VENDER, habilitación VENDEDOR)."""
    autorizacion = exigir_facultad(sesion, actor, cuerpo.remitente_unidad_id, Facultad.VENDER)
    exigir_habilitacion(sesion, cuerpo.remitente_unidad_id, Habilitacion.VENDEDOR)
    datos = cuerpo.model_dump(
        exclude={"remitente_unidad_id", "destinatario_persona_id", "destinatario_unidad_id"}
    )
    envio = crear_envio(
        sesion,
        autorizacion,
        remitente_parte_id=parte_de_unidad(sesion, cuerpo.remitente_unidad_id).id,
        destinatario_parte_id=_destinatario(sesion, cuerpo).id,
        **datos,
    )
    response.headers["Location"] = f"/api/v1/envios/{envio.id}"
    return leer_envio(envio, vista_de(sesion, actor, envio), partes_de(sesion, [envio]))


def _destinatario(sesion: Sesion, cuerpo: EnvioPorCrear) -> Parte:
    """Who receives. Raises `DatosInvalidos` by field."""
    if cuerpo.destinatario_persona_id and cuerpo.destinatario_unidad_id:
        texto = _texto("Recibe una persona o una unidad, no las dos.")
        raise DatosInvalidos(texto, campos={"destinatario_unidad_id": texto})
    try:
        if cuerpo.destinatario_persona_id:
            return parte_de_persona(sesion, cuerpo.destinatario_persona_id)
        if cuerpo.destinatario_unidad_id:
            return parte_de_unidad(sesion, cuerpo.destinatario_unidad_id)
    except NoEncontrado as error:
        campo = "destinatario_persona_id" if cuerpo.destinatario_persona_id else "destinatario_unidad_id"
        texto = _texto("No existe quien recibe.")
        raise DatosInvalidos(texto, campos={campo: texto}) from error
    return parte_tercera(sesion, cuerpo.destinatario_nombre, cuerpo.destinatario_telefono)


@router.get("/envios", responses=respuestas())
def listar_envios(sesion: Sesion, actor: ActorDeEnvios, pagina: Cursor) -> Pagina[EnvioLeido]:
    """Shipments the caller receives, sends or carries, newest first."""
    papeles = Papeles.de(sesion, actor)
    columnas = (Envio.creado_en, Envio.id)
    filas, siguiente = paginar(sesion, papeles.envios(), pagina, columnas=columnas)
    partes = partes_de(sesion, filas)
    return Pagina(datos=[leer_envio(e, papeles.vista(e), partes) for e in filas], siguiente=siguiente)


@router.get("/envios/{envio_id}", responses=respuestas(404))
def obtener_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, response: Response) -> EnvioLeido:
    """One shipment, for whoever is concerned by it."""
    envio, vista = envio_visible(sesion, actor, envio_id)
    response.headers["ETag"] = etag(envio.version)
    return leer_envio(envio, vista, partes_de(sesion, [envio]))
