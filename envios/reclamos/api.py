"""JSON routes of claims."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from ciudadania import ActorRequerido
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.items import ActorDeEnvios, Papeles, numeros_de
from envios.reclamos import mensajes, reclamar, resolver, responder
from envios.reclamos.consultas import (
    exigir_archivo_de_reclamo,
    reclamo_visible,
    reclamos_de_partes,
    reclamos_del_operador,
)
from envios.reclamos.esquemas import (
    MensajeNuevo,
    MotivosDelReclamo,
    RechazoDeReclamo,
    ReclamoEntero,
    ReclamoLeido,
    ReclamoNuevo,
    ResolucionDeReclamo,
    Texto,
)
from envios.reclamos.estados import EstadoReclamo
from envios.reclamos.modelos import Reclamo
from envios.reclamos.presentar import reclamo_entero, reclamo_leido
from nucleo.actor import Actor
from nucleo.archivos import Recibido
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.ids import nuevo_id
from nucleo.paginacion import Cursor, Pagina, paginar

router = APIRouter(prefix="/api/v1/reclamos-de-envio", tags=["envíos"], route_class=RutaIdempotente)
UNO = "/{reclamo_id}"
_ARCHIVO: dict[int | str, dict[str, Any]] = {
    200: {"description": "El archivo.", "content": {"image/jpeg": {}, "application/pdf": {}}}
}


def _entero(sesion: Sesion, actor: Actor, reclamo_id: UUID) -> ReclamoEntero:
    reclamo, lado = reclamo_visible(sesion, actor, reclamo_id)
    return reclamo_entero(sesion, reclamo, lado)


@router.post("", status_code=201, responses=respuestas(404, 409))
def presentar_reclamo(
    sesion: Sesion, actor: ActorDeEnvios, datos: ReclamoNuevo, response: Response, _: Idempotente
) -> ReclamoEntero:
    """Reclama al operador por un envío que se mandó: pérdida, daño, falta de una parte o demora.

    Desde ese momento corre el plazo para que responda; si no lo hace, se tiene por aceptado.
    """
    reclamo = reclamar.presentar(
        sesion,
        actor,
        datos.envio_id,
        datos.clase,
        relato=datos.relato,
        pedido=datos.pedido,
        id=nuevo_id(),
    )
    response.headers["Location"] = f"/api/v1/reclamos-de-envio/{reclamo.id}"
    return _entero(sesion, actor, reclamo.id)


@router.get("", responses=respuestas())
def listar_reclamos(
    sesion: Sesion,
    actor: ActorDeEnvios,
    cursor: Cursor,
    operador: Annotated[
        UUID | None,
        Query(description="Los presentados contra ese operador, para quien trabaja en él."),
    ] = None,
) -> Pagina[ReclamoLeido]:
    """Los reclamos que presentó quien llama, o los de un operador; primero los últimos."""
    if operador is not None:
        exigir_facultad(sesion, actor, operador, Facultad.DESPACHAR, estados=CON_LO_SUYO)
        consulta = reclamos_del_operador(operador, EstadoReclamo)
    else:
        consulta = reclamos_de_partes(Papeles.de(sesion, actor).envia)
    filas, siguiente = paginar(sesion, consulta, cursor, columnas=(Reclamo.presentado_en, Reclamo.id))
    numeros = numeros_de(sesion, [r.envio_id for r in filas])
    return Pagina(datos=[reclamo_leido(r, numeros[r.envio_id]) for r in filas], siguiente=siguiente)


@router.get(UNO, responses=respuestas(404))
def obtener_reclamo(
    sesion: Sesion, actor: ActorDeEnvios, reclamo_id: UUID, response: Response
) -> ReclamoEntero:
    """Un reclamo con lo que se dijo y se decidió, para quien reclamó, el operador y la autoridad."""
    leido = _entero(sesion, actor, reclamo_id)
    response.headers["ETag"] = etag(leido.version)
    return leido


@router.post(UNO + "/mensajes", status_code=201, responses=respuestas(404, 409))
def escribir_en_reclamo(
    sesion: Sesion, actor: ActorDeEnvios, reclamo_id: UUID, datos: MensajeNuevo, _: Idempotente
) -> ReclamoEntero:
    """Agrega un mensaje; el primero del operador lo pone en revisión."""
    mensajes.escribir(sesion, actor, reclamo_id, datos.texto)
    return _entero(sesion, actor, reclamo_id)


@router.post(UNO + "/pruebas", status_code=201, responses=respuestas(404, 409, 413))
def agregar_prueba_a_reclamo(
    sesion: Sesion,
    actor: ActorDeEnvios,
    reclamo_id: UUID,
    texto: Annotated[Texto, Form(description="Qué muestra.")],
    archivo: Annotated[UploadFile, File(description="Foto (JPEG, PNG, WebP o HEIC) o PDF de hasta 8 MB.")],
    _: Idempotente,
) -> ReclamoEntero:
    """Agrega un mensaje con una foto o un PDF. Se guarda vuelto a dibujar, sin lo que no se ve."""
    mensajes.escribir(sesion, actor, reclamo_id, texto, Recibido.de(archivo))
    return _entero(sesion, actor, reclamo_id)


@router.get(UNO + "/pruebas/{archivo_id}", response_class=Response, responses=_ARCHIVO | respuestas(404))
def ver_prueba_de_reclamo(
    request: Request, sesion: Sesion, actor: ActorDeEnvios, reclamo_id: UUID, archivo_id: UUID
) -> Response:
    """La foto o el PDF de un mensaje, para quien tiene parte en el reclamo."""
    reclamo, _lado = reclamo_visible(sesion, actor, reclamo_id)
    exigir_archivo_de_reclamo(sesion, reclamo, archivo_id)
    return respuesta_de(sesion, archivo_id, request)


@router.post(UNO + "/retiro", responses=respuestas(404, 409))
def retirar_reclamo(sesion: Sesion, actor: ActorDeEnvios, reclamo_id: UUID, _: Idempotente) -> ReclamoEntero:
    """Lo retira quien reclamó, mientras no se deba nada."""
    reclamar.retirar(sesion, actor, reclamo_id)
    return _entero(sesion, actor, reclamo_id)


@router.post(UNO + "/conformidad", responses=respuestas(404, 409))
def conformarse(sesion: Sesion, actor: ActorDeEnvios, reclamo_id: UUID, _: Idempotente) -> ReclamoEntero:
    """Quien reclamó acepta lo que ofreció el operador."""
    reclamar.aceptar_oferta(sesion, actor, reclamo_id)
    return _entero(sesion, actor, reclamo_id)


@router.post(UNO + "/impugnacion", responses=respuestas(404, 409))
def impugnar_reclamo(
    sesion: Sesion, actor: ActorDeEnvios, reclamo_id: UUID, datos: MotivosDelReclamo, _: Idempotente
) -> ReclamoEntero:
    """Lleva a la autoridad lo que respondió el operador, dentro del plazo."""
    reclamar.impugnar(sesion, actor, reclamo_id, datos.motivos)
    return _entero(sesion, actor, reclamo_id)


@router.post(UNO + "/aceptacion", responses=respuestas(404, 409))
def aceptar_reclamo(
    sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, datos: MotivosDelReclamo, _: Idempotente
) -> ReclamoEntero:
    """El operador acepta lo reclamado, hasta lo que la regla paga."""
    responder.aceptar(sesion, actor, reclamo_id, datos.motivos)
    return _entero(sesion, actor, reclamo_id)


@router.post(UNO + "/rechazo", responses=respuestas(404, 409))
def rechazar_reclamo(
    sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, datos: RechazoDeReclamo, _: Idempotente
) -> ReclamoEntero:
    """El operador lo rechaza, u ofrece menos de lo que se reclama."""
    responder.rechazar(sesion, actor, reclamo_id, datos.motivos, datos.ofrece)
    return _entero(sesion, actor, reclamo_id)


@router.post(UNO + "/resolucion", responses=respuestas(404, 409))
def resolver_reclamo(
    sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, datos: ResolucionDeReclamo, _: Idempotente
) -> ReclamoEntero:
    """La autoridad resuelve: cuánto se paga por el contenido y si vuelve el porte."""
    resolver.resolver(
        sesion,
        actor,
        reclamo_id,
        motivos=datos.motivos,
        contenido=datos.contenido,
        devuelve_porte=datos.devuelve_porte,
    )
    return _entero(sesion, actor, reclamo_id)
