"""Subscriptions of a unit to webhooks (Standard Webhooks): what its own systems want to be told."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from ciudadania import ActorRequerido, Riesgo, exigir_sesion_reciente
from empresa_digital.registro.mandatos import Facultad, exigir_facultad, unidad_visible
from empresa_digital.registro.unidades import Numero
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.bd import Sesion
from nucleo.errores import Conflicto, NoEncontrado, respuestas
from nucleo.idempotencia import RutaIdempotente
from nucleo.paginacion import Pagina
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.webhooks import dar_de_baja, suscribir, suscripciones_de

router = APIRouter(
    prefix="/api/v1/unidades-economicas/{numero}/webhooks", tags=["registro"], route_class=RutaIdempotente
)
Tipo = Annotated[str, Field(pattern=r"^[A-Za-z]{3,80}$", examples=["OrdenDeCobroPagada"])]
SUSCRIPCIONES_MAXIMAS = 10


class DemasiadasSuscripciones(Conflicto):
    codigo = "demasiadas_suscripciones"
    titulo = _l("La unidad ya tiene todas las suscripciones que puede tener")


class WebhookNuevo(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=9, max_length=500, examples=["https://ejemplo.bo/avisos"])
    tipos: list[Tipo] = Field([], max_length=50, description="Vacío: todos los avisos de la unidad.")


class WebhookSalida(BaseModel):
    id: UUID
    url: str
    tipos: list[str]
    activo: bool
    creado_en: datetime


class WebhookCreado(WebhookSalida):
    secreto: str = Field(description="Firma los avisos; se muestra solo esta vez.")


def _autorizar(sesion: Session, actor: Actor, numero: str) -> tuple[UUID, Autorizacion]:
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return unidad.id, exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR)


@router.get("", responses=respuestas(404))
def listar_webhooks(numero: Numero, sesion: Sesion, actor: ActorRequerido) -> Pagina[WebhookSalida]:
    """Las suscripciones vigentes de la unidad."""
    unidad_id, _a = _autorizar(sesion, actor, numero)
    return Pagina(datos=[WebhookSalida(**asdict(s)) for s in suscripciones_de(sesion, unidad_id)])


@router.post("", status_code=201, responses=respuestas(404, 409))
def crear_webhook(
    numero: Numero, datos: WebhookNuevo, sesion: Sesion, actor: ActorRequerido
) -> WebhookCreado:
    """Suscribe una dirección pública https; la respuesta trae el secreto con que se firman los avisos."""
    unidad_id, autorizacion = _autorizar(sesion, actor, numero)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    if len(suscripciones_de(sesion, unidad_id)) >= SUSCRIPCIONES_MAXIMAS:
        raise DemasiadasSuscripciones(_("Dé de baja una suscripción que ya no use."))
    hecha, secreto = suscribir(sesion, unidad_id, datos.url, datos.tipos)
    auditar(sesion, autorizacion, "webhook.suscribir", "nucleo_webhook", hecha.id, {"url": hecha.url})
    return WebhookCreado(**asdict(hecha), secreto=secreto)


@router.delete("/{webhook_id}", status_code=204, responses=respuestas(404))
def eliminar_webhook(numero: Numero, webhook_id: UUID, sesion: Sesion, actor: ActorRequerido) -> None:
    """Da de baja una suscripción; lo que esperaba envío no se enviará."""
    unidad_id, autorizacion = _autorizar(sesion, actor, numero)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    if not dar_de_baja(sesion, unidad_id, webhook_id):
        raise NoEncontrado(_("La unidad no tiene esa suscripción."))
    auditar(sesion, autorizacion, "webhook.eliminar", "nucleo_webhook", webhook_id)
