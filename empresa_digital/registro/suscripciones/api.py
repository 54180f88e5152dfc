"""JSON routes of the webhooks of a unit (Standard Webhooks): what its own systems want to be told.

No `Idempotency-Key` where a secret is given: the stored answer would keep it.
"""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session

from ciudadania import ActorRequerido
from empresa_digital.registro.mandatos import unidad_visible
from empresa_digital.registro.suscripciones import presentar, suscribir
from empresa_digital.registro.suscripciones.esquemas import (
    EntregaCompleta,
    EntregaSalida,
    MensajeEnCola,
    Reenviadas,
    Reenvio,
    SecretoNuevo,
    TipoSalida,
    WebhookCreado,
    WebhookNuevo,
    WebhookSalida,
)
from empresa_digital.registro.unidades import Numero
from nucleo.acceso import publico
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.paginacion import Cursor, Pagina

router = APIRouter(tags=["registro"])
_TODAS = "/api/v1/unidades-economicas/{numero}/webhooks"
_UNA = _TODAS + "/{webhook_id}"


def _unidad(sesion: Session, actor: Actor, numero: str) -> UUID:
    return unidad_visible(sesion, actor, numero)[0].id


@router.get("/api/v1/webhooks/tipos", responses=respuestas(), dependencies=[Depends(publico)])
def tipos_de_webhook() -> list[TipoSalida]:
    """Los avisos que se pueden pedir, con el esquema de sus datos y un ejemplo.

    Cada aviso es un POST firmado como dice Standard Webhooks: `webhook-id`, `webhook-timestamp` y
    `webhook-signature`. Responda 2xx antes de diez segundos. Puede llegar más de una vez y en cualquier
    orden: reconozca el repetido por `webhook-id` y, si el orden importa, lea el objeto otra vez. Sin 2xx se
    repite a los 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h y 24 h; con 410, o tras cinco días sin aceptar
    ninguno, la suscripción se desactiva y se avisa a la unidad. Las entregas se guardan treinta días.
    """
    return presentar.catalogo()


@router.get(_TODAS, responses=respuestas(404))
def listar_webhooks(numero: Numero, sesion: Sesion, actor: ActorRequerido) -> Pagina[WebhookSalida]:
    """Las suscripciones de la unidad, también las que se desactivaron porque no responden."""
    todas = suscribir.suscripciones(sesion, actor, _unidad(sesion, actor, numero))
    return Pagina(datos=[WebhookSalida(**asdict(s)) for s in todas])


@router.post(_TODAS, status_code=201, responses=respuestas(404, 409))
def crear_webhook(
    numero: Numero, datos: WebhookNuevo, sesion: Sesion, actor: ActorRequerido
) -> WebhookCreado:
    """Suscribe una dirección pública https; la respuesta trae el secreto con que se firman los avisos."""
    unidad_id = _unidad(sesion, actor, numero)
    hecha, secreto = suscribir.suscribir(sesion, actor, unidad_id, datos.url, datos.tipos)
    return WebhookCreado(**asdict(hecha), secreto=secreto)


@router.get(_UNA, responses=respuestas(404))
def ver_webhook(numero: Numero, webhook_id: UUID, sesion: Sesion, actor: ActorRequerido) -> WebhookSalida:
    """Una suscripción."""
    hallada = suscribir.suscripcion(sesion, actor, _unidad(sesion, actor, numero), webhook_id)
    return WebhookSalida(**asdict(hallada))


@router.delete(_UNA, status_code=204, responses=respuestas(404))
def eliminar_webhook(numero: Numero, webhook_id: UUID, sesion: Sesion, actor: ActorRequerido) -> None:
    """Da de baja una suscripción; lo que esperaba envío no se enviará."""
    suscribir.dar_de_baja(sesion, actor, _unidad(sesion, actor, numero), webhook_id)


@router.post(_UNA + "/secreto", responses=respuestas(404))
def rotar_webhook(numero: Numero, webhook_id: UUID, sesion: Sesion, actor: ActorRequerido) -> SecretoNuevo:
    """Un secreto nuevo. Durante un día los avisos llevan dos firmas, también la del anterior."""
    unidad_id = _unidad(sesion, actor, numero)
    return SecretoNuevo(secreto=suscribir.rotar(sesion, actor, unidad_id, webhook_id))


@router.post(_UNA + "/prueba", status_code=202, responses=respuestas(404, 409))
def probar_webhook(numero: Numero, webhook_id: UUID, sesion: Sesion, actor: ActorRequerido) -> MensajeEnCola:
    """Envía una prueba (`PruebaDeWebhook`); cómo le fue se ve en las entregas."""
    unidad_id = _unidad(sesion, actor, numero)
    return MensajeEnCola(mensaje_id=suscribir.probar(sesion, actor, unidad_id, webhook_id))


@router.post(_UNA + "/activacion", status_code=204, responses=respuestas(404))
def reactivar_webhook(numero: Numero, webhook_id: UUID, sesion: Sesion, actor: ActorRequerido) -> None:
    """Activa otra vez la que se desactivó porque no respondía."""
    suscribir.reactivar(sesion, actor, _unidad(sesion, actor, numero), webhook_id)


@router.get(_UNA + "/entregas", responses=respuestas(404))
def listar_entregas(
    numero: Numero,
    webhook_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    pagina: Cursor,
    solo_fallidas: Annotated[bool, Query(description="Solo las que no fueron aceptadas.")] = False,
) -> Pagina[EntregaSalida]:
    """Lo enviado a una suscripción y cómo le fue, de lo más nuevo a lo más viejo; treinta días."""
    unidad_id = _unidad(sesion, actor, numero)
    filas, siguiente = suscribir.entregas(
        sesion, actor, unidad_id, webhook_id, pagina, solo_fallidas=solo_fallidas
    )
    return Pagina(datos=[presentar.salida(fila) for fila in filas], siguiente=siguiente)


@router.get(_UNA + "/entregas/{mensaje_id}", responses=respuestas(404))
def ver_entrega(
    numero: Numero, webhook_id: UUID, mensaje_id: str, sesion: Sesion, actor: ActorRequerido
) -> EntregaCompleta:
    """Una entrega: su contenido exacto y cada intento."""
    unidad_id = _unidad(sesion, actor, numero)
    return presentar.completa(*suscribir.entrega(sesion, actor, unidad_id, webhook_id, mensaje_id))


@router.post(_UNA + "/entregas/{mensaje_id}/reenvio", status_code=202, responses=respuestas(404, 409))
def reenviar_entrega(
    numero: Numero, webhook_id: UUID, mensaje_id: str, sesion: Sesion, actor: ActorRequerido
) -> MensajeEnCola:
    """Envía otra vez una entrega, con el mismo `webhook-id`."""
    suscribir.reenviar(sesion, actor, _unidad(sesion, actor, numero), webhook_id, mensaje_id)
    return MensajeEnCola(mensaje_id=mensaje_id)


@router.post(_UNA + "/reenvios", status_code=202, responses=respuestas(404, 409))
def reenviar_entregas(
    numero: Numero, webhook_id: UUID, datos: Reenvio, sesion: Sesion, actor: ActorRequerido
) -> Reenviadas:
    """Envía otra vez lo creado entre dos momentos: lo que falló, o todo."""
    cuantas = suscribir.reenviar_rango(
        sesion,
        actor,
        _unidad(sesion, actor, numero),
        webhook_id,
        datos.desde,
        datos.hasta,
        solo_fallidas=datos.solo_fallidas,
    )
    return Reenviadas(reenviadas=cuantas)
