"""Pages of the webhooks of a unit: where its systems are told, what was sent and how it fared."""

import json
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro.mandatos import Facultad, unidad_propia
from empresa_digital.registro.suscripciones import presentar, suscribir
from empresa_digital.registro.suscripciones.formularios import (
    REENVIO,
    SUSCRIPCION,
    HojaDePaso,
    HojaDeReenvio,
    HojaDeSuscripcion,
)
from empresa_digital.registro.suscripciones.palabras import falla_en_palabras
from empresa_digital.registro.unidades import EstadoUnidad, Unidad, pagina
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, CursorPedido
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)
_TODAS = "/mis-unidades/{numero}/webhooks"
_UNA = _TODAS + "/{webhook_id}"
MensajeId = Annotated[str, Path(pattern=r"^msg_[0-9a-f]{32}$")]


def _de(sesion: Session, actor: Actor, numero: str) -> Unidad:
    return unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)


@router.get(_TODAS)
def ver_webhooks(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_todas(request, sesion, actor, numero)


def _pagina_todas(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    """The subscriptions of the unit, what can be asked for, and how to ask."""
    unidad = _de(sesion, actor, numero)
    catalogo = presentar.catalogo()
    return pagina(
        request,
        "suscripciones/webhooks.html",
        hoja=hoja,
        unidad=unidad,
        suscripciones=suscribir.suscripciones(sesion, actor, unidad.id),
        catalogo=[(t, json.dumps(t.ejemplo, ensure_ascii=False, indent=2)) for t in catalogo],
        puede_suscribir=unidad.estado == EstadoUnidad.INSCRITA,
        suscripcion=SUSCRIPCION.mostrar(request, enviada=hoja),
    )


@router.post(_TODAS)
def suscribir_direccion(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSuscripcion
) -> Response:
    """The answer is the only page that ever shows the secret: no redirection, nothing kept."""
    unidad = _de(sesion, actor, numero)
    with hoja:
        tipos = [tipo.codigo for tipo in hoja.datos.tipos if tipo.si]
        hecha, secreto = suscribir.suscribir(sesion, actor, unidad.id, hoja.datos.url, tipos)
        return _pagina_secreto(request, unidad, hecha.id, hecha.url, secreto)
    return _pagina_todas(request, sesion, actor, numero, hoja)


def _pagina_secreto(request: Request, unidad: Unidad, webhook_id: UUID, url: str, secreto: str) -> Response:
    return pagina(
        request,
        "suscripciones/secreto.html",
        unidad=unidad,
        webhook_id=webhook_id,
        url=url,
        secreto=secreto,
    )


@router.get(_UNA)
def ver_webhook(
    numero: str,
    webhook_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    ver: str = "",
) -> Response:
    return _pagina_una(request, sesion, actor, numero, webhook_id, cursor=cursor, fallidas=ver == "fallidas")


def _pagina_una(
    request: Request,
    sesion: Session,
    actor: Actor,
    numero: str,
    webhook_id: UUID,
    hoja: Hoja[Any] | None = None,
    *,
    cursor: CursorPedido = CursorPedido(None, 20),
    fallidas: bool = False,
) -> Response:
    """One subscription, and the log of what was sent to it."""
    unidad = _de(sesion, actor, numero)
    hallada = suscribir.suscripcion(sesion, actor, unidad.id, webhook_id)
    filas, siguiente = suscribir.entregas(
        sesion, actor, unidad.id, webhook_id, cursor, solo_fallidas=fallidas
    )
    base = f"/mis-unidades/{unidad.numero}/webhooks/{webhook_id}"
    instante = ahora_bd(sesion)
    valores = {"desde": instante - timedelta(days=1), "hasta": instante, "solo_fallidas": True}
    siguiente_url = (
        f"{base}?cursor={siguiente}" + ("&ver=fallidas" if fallidas else "") if siguiente else None
    )
    return pagina(
        request,
        "suscripciones/webhook.html",
        hoja=hoja,
        unidad=unidad,
        base=base,
        webhook=hallada,
        entregas=filas,
        fallidas=fallidas,
        ahora=instante,
        siguiente_url=siguiente_url,
        reenvio=REENVIO.mostrar(request, valores, enviada=hoja),
    )


@router.post(_UNA + "/prueba")
def probar_webhook(
    numero: str, webhook_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    unidad = _de(sesion, actor, numero)
    with hoja:
        mensaje_id = suscribir.probar(sesion, actor, unidad.id, webhook_id)
        ruta = f"/mis-unidades/{unidad.numero}/webhooks/{webhook_id}/entregas/{mensaje_id}"
        return redirigir(ruta, _("La prueba sale en unos segundos. Vuelva a cargar para ver cómo le fue."))
    return _pagina_una(request, sesion, actor, numero, webhook_id, hoja)


@router.post(_UNA + "/secreto")
def rotar_webhook(
    numero: str, webhook_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    """The answer is the only page that ever shows the secret."""
    unidad = _de(sesion, actor, numero)
    with hoja:
        secreto = suscribir.rotar(sesion, actor, unidad.id, webhook_id)
        url = suscribir.suscripcion(sesion, actor, unidad.id, webhook_id).url
        return _pagina_secreto(request, unidad, webhook_id, url, secreto)
    return _pagina_una(request, sesion, actor, numero, webhook_id, hoja)


@router.post(_UNA + "/activacion")
def reactivar_webhook(
    numero: str, webhook_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    unidad = _de(sesion, actor, numero)
    with hoja:
        suscribir.reactivar(sesion, actor, unidad.id, webhook_id)
        return redirigir(_ruta(unidad, webhook_id), _("Activada: le avisaremos otra vez."))
    return _pagina_una(request, sesion, actor, numero, webhook_id, hoja)


def _ruta(unidad: Unidad, webhook_id: UUID) -> str:
    return f"/mis-unidades/{unidad.numero}/webhooks/{webhook_id}"


@router.post(_UNA + "/baja")
def dar_de_baja_webhook(
    numero: str, webhook_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    unidad = _de(sesion, actor, numero)
    with hoja:
        suscribir.dar_de_baja(sesion, actor, unidad.id, webhook_id)
        ruta = f"/mis-unidades/{unidad.numero}/webhooks"
        return redirigir(ruta, _("Listo: ya no avisamos a esa dirección."))
    return _pagina_una(request, sesion, actor, numero, webhook_id, hoja)


@router.post(_UNA + "/reenvios")
def reenviar_entregas(
    numero: str,
    webhook_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeReenvio,
) -> Response:
    unidad = _de(sesion, actor, numero)
    with hoja:
        d = hoja.datos
        if d.desde.tzinfo is None or d.hasta.tzinfo is None:
            raise DatosInvalidos(_("Escriba las dos fechas con su hora."))
        cuantas = suscribir.reenviar_rango(
            sesion, actor, unidad.id, webhook_id, d.desde, d.hasta, solo_fallidas=d.solo_fallidas
        )
        if not cuantas and d.solo_fallidas:
            raise DatosInvalidos(_("Entre esos dos momentos no hay ningún aviso sin aceptar."))
        if not cuantas:
            raise DatosInvalidos(_("Entre esos dos momentos no se creó ningún aviso."))
        texto = ngettext("Se enviará otra vez %(n)s aviso.", "Se enviarán otra vez %(n)s avisos.", cuantas)
        return redirigir(_ruta(unidad, webhook_id), texto % {"n": cuantas})
    return _pagina_una(request, sesion, actor, numero, webhook_id, hoja)


@router.get(_UNA + "/entregas/{mensaje_id}")
def ver_entrega(
    numero: str,
    webhook_id: UUID,
    mensaje_id: MensajeId,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
) -> Response:
    return _pagina_entrega(request, sesion, actor, numero, webhook_id, mensaje_id)


def _pagina_entrega(
    request: Request,
    sesion: Session,
    actor: Actor,
    numero: str,
    webhook_id: UUID,
    mensaje_id: MensajeId,
    hoja: Hoja[Any] | None = None,
) -> Response:
    """One message: what it says, and every try."""
    unidad = _de(sesion, actor, numero)
    mensaje, intentos = suscribir.entrega(sesion, actor, unidad.id, webhook_id, mensaje_id)
    return pagina(
        request,
        "suscripciones/entrega.html",
        hoja=hoja,
        unidad=unidad,
        base=_ruta(unidad, webhook_id),
        webhook=suscribir.suscripcion(sesion, actor, unidad.id, webhook_id),
        entrega=mensaje,
        cuerpo=json.dumps(json.loads(mensaje.cuerpo), ensure_ascii=False, indent=2),
        intentos=intentos,
        por_que=falla_en_palabras,
    )


@router.post(_UNA + "/entregas/{mensaje_id}/reenvio")
def reenviar_entrega(
    numero: str,
    webhook_id: UUID,
    mensaje_id: MensajeId,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePaso,
) -> Response:
    unidad = _de(sesion, actor, numero)
    with hoja:
        suscribir.reenviar(sesion, actor, unidad.id, webhook_id, mensaje_id)
        return redirigir(
            f"{_ruta(unidad, webhook_id)}/entregas/{mensaje_id}", _("Sale otra vez en unos segundos.")
        )
    return _pagina_entrega(request, sesion, actor, numero, webhook_id, mensaje_id, hoja)
