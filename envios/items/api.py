"""JSON routes of items."""

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from envios.items.acceso import ActorDeEnvios
from envios.items.consultas import Papeles, envio_visible
from envios.items.contacto import calla_el_contacto, callados
from envios.items.esquemas import (
    EnvioLeido,
    IdentificadorAgregado,
    IdentificadoresLeidos,
    IdentificadorLeido,
    IdentificadorPorAgregar,
)
from envios.items.identificadores import agregar_identificador, identificadores_de, retirar_identificador
from envios.items.modelos import Envio
from envios.items.partes import partes_de
from envios.items.presentar import leer_envio
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina, paginar

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)


@router.get("/envios", responses=respuestas())
def listar_envios(sesion: Sesion, actor: ActorDeEnvios, pagina: Cursor) -> Pagina[EnvioLeido]:
    """Los envíos que recibe, manda o lleva quien llama, el más nuevo primero."""
    papeles = Papeles.de(sesion, actor)
    columnas = (Envio.creado_en, Envio.id)
    filas, siguiente = paginar(sesion, papeles.envios(), pagina, columnas=columnas)
    partes = partes_de(sesion, filas)
    vistas = [(e, papeles.vista(e)) for e in filas]
    sin_contacto = callados(sesion, vistas)
    datos = [leer_envio(e, vista, partes, calla=e.id in sin_contacto) for e, vista in vistas]
    return Pagina(datos=datos, siguiente=siguiente)


@router.get("/envios/{envio_id}", responses=respuestas(404))
def obtener_envio(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, response: Response) -> EnvioLeido:
    """Un envío, para quien tiene que ver con él."""
    envio, vista = envio_visible(sesion, actor, envio_id)
    response.headers["ETag"] = etag(envio.version)
    calla = calla_el_contacto(sesion, envio, vista)
    return leer_envio(envio, vista, partes_de(sesion, [envio]), calla=calla)


@router.get("/envios/{envio_id}/identificadores", responses=respuestas(404))
def listar_identificadores_de_envio(
    sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID
) -> IdentificadoresLeidos:
    """Los números por los que se pregunta por un envío: el suyo primero."""
    envio_visible(sesion, actor, envio_id)
    filas = identificadores_de(sesion, envio_id)
    return IdentificadoresLeidos(datos=[IdentificadorLeido.model_validate(f) for f in filas])


@router.post(
    "/envios/{envio_id}/identificadores", status_code=HTTP_201_CREATED, responses=respuestas(404, 409)
)
def agregar_identificador_de_envio(
    sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, cuerpo: IdentificadorPorAgregar, _: Idempotente
) -> IdentificadorAgregado:
    """Agrega otro número: el propio del operador que lo lleva, o la referencia de la unidad que lo envía.

    Un S10 extranjero vale en toda la plataforma; si sus letras no las usa ningún correo se acepta y se avisa.
    """
    hecho = agregar_identificador(sesion, actor, envio_id, cuerpo.numero)
    leido = IdentificadorLeido.model_validate(hecho.fila)
    return IdentificadorAgregado(**leido.model_dump(), aviso=hecho.aviso)


@router.delete(
    "/envios/{envio_id}/identificadores/{identificador_id}",
    status_code=HTTP_204_NO_CONTENT,
    responses=respuestas(404),
)
def retirar_identificador_de_envio(
    sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, identificador_id: UUID, _: Idempotente
) -> None:
    """Retira un número que se escribió en el envío equivocado; lo hace la unidad que lo agregó."""
    retirar_identificador(sesion, actor, envio_id, identificador_id)
