"""What who administers a unit does with the webhooks of its own systems.

Where they go and with which secret asks for a recent sign-in; looking, testing and sending again do not.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from ciudadania import Riesgo, exigir_sesion_reciente
from empresa_digital.registro.mandatos import Facultad, exigir_facultad
from empresa_digital.registro.suscripciones.errores import (
    DemasiadasSuscripciones,
    SuscripcionInactiva,
    SuscripcionNoEncontrada,
)
from empresa_digital.registro.unidades import EstadoUnidad, bloquear_unidad
from nucleo import webhooks
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.limites import limitar
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.webhooks import Entrega, Intento, Suscripcion

SUSCRIPCIONES_MAXIMAS = 10
A_MANO_POR_HORA = 60
RANGOS_POR_HORA = 6
"""What is sent at somebody's asking, to an address that may be anybody's: so much to each."""
OBJETO = "nucleo_webhook"


def _autorizar(sesion: Session, actor: Actor, unidad_id: UUID) -> Autorizacion:
    return exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR, estados=tuple(EstadoUnidad))


def suscripciones(sesion: Session, actor: Actor, unidad_id: UUID) -> list[Suscripcion]:
    """Those in force, and those that were ended because they do not answer. Raises `SinFacultad`."""
    _autorizar(sesion, actor, unidad_id)
    return webhooks.suscripciones_de(sesion, unidad_id)


def suscripcion(sesion: Session, actor: Actor, unidad_id: UUID, webhook_id: UUID) -> Suscripcion:
    """One of the unit's. Raises `SuscripcionNoEncontrada`, `SinFacultad`."""
    _autorizar(sesion, actor, unidad_id)
    hallada = webhooks.suscripcion_de(sesion, unidad_id, webhook_id)
    if hallada is None:
        raise SuscripcionNoEncontrada()
    return hallada


def suscribir(
    sesion: Session, actor: Actor, unidad_id: UUID, url: str, tipos: Collection[str]
) -> tuple[Suscripcion, str]:
    """Have the unit's systems told at an address; the secret is shown this once.

    No `tipos` means all. Raises `DireccionProhibida`, `DemasiadasSuscripciones`, `SesionNoReciente`.
    """
    bloquear_unidad(sesion, unidad_id)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    if desconocidos := sorted(set(tipos) - set(webhooks.tipos())):
        texto = _("No hay avisos de ese tipo: %(tipos)s.") % {"tipos": ", ".join(desconocidos)}
        raise DatosInvalidos(texto, campos={"tipos": texto})
    if len(webhooks.suscripciones_de(sesion, unidad_id)) >= SUSCRIPCIONES_MAXIMAS:
        raise DemasiadasSuscripciones(_("Dé de baja una suscripción que ya no use."))
    hecha, secreto = webhooks.suscribir(sesion, unidad_id, url, list(tipos))
    auditar(sesion, autorizacion, "webhook.suscribir", OBJETO, hecha.id, {"url": hecha.url})
    return hecha, secreto


def dar_de_baja(sesion: Session, actor: Actor, unidad_id: UUID, webhook_id: UUID) -> None:
    """End it; what waited to be sent will not be. Raises `SuscripcionNoEncontrada`."""
    autorizacion = _autorizar(sesion, actor, unidad_id)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    if not webhooks.dar_de_baja(sesion, unidad_id, webhook_id):
        raise SuscripcionNoEncontrada()
    auditar(sesion, autorizacion, "webhook.eliminar", OBJETO, webhook_id)


def rotar(sesion: Session, actor: Actor, unidad_id: UUID, webhook_id: UUID) -> str:
    """A new secret, shown this once; for a day both sign. Raises `SuscripcionNoEncontrada`."""
    autorizacion = _autorizar(sesion, actor, unidad_id)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    secreto = webhooks.rotar_secreto(sesion, unidad_id, webhook_id)
    if secreto is None:
        raise SuscripcionNoEncontrada()
    auditar(sesion, autorizacion, "webhook.rotar", OBJETO, webhook_id)
    return secreto


def reactivar(sesion: Session, actor: Actor, unidad_id: UUID, webhook_id: UUID) -> None:
    """Take up again one that was ended because it did not answer. Raises `SuscripcionNoEncontrada`."""
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    if not webhooks.reactivar(sesion, unidad_id, webhook_id):
        raise SuscripcionNoEncontrada()
    auditar(sesion, autorizacion, "webhook.reactivar", OBJETO, webhook_id)


def _activa(
    sesion: Session, actor: Actor, unidad_id: UUID, webhook_id: UUID
) -> tuple[Suscripcion, Autorizacion]:
    autorizacion = _autorizar(sesion, actor, unidad_id)
    hallada = suscripcion(sesion, actor, unidad_id, webhook_id)
    if not hallada.activo:
        raise SuscripcionInactiva(_("Actívela otra vez para enviarle avisos."))
    return hallada, autorizacion


def _contar(hallada: Suscripcion) -> None:
    limitar("webhook.a_mano", str(hallada.id), cupo=A_MANO_POR_HORA, ventana_s=3600)


def probar(sesion: Session, actor: Actor, unidad_id: UUID, webhook_id: UUID) -> str:
    """Queue a test; the message's id. Raises `SuscripcionNoEncontrada`, `SuscripcionInactiva`,
    `LimiteExcedido`.
    """
    hallada, autorizacion = _activa(sesion, actor, unidad_id, webhook_id)
    _contar(hallada)
    mensaje_id = webhooks.probar(sesion, hallada.id)
    auditar(sesion, autorizacion, "webhook.probar", OBJETO, webhook_id, {"mensaje": mensaje_id})
    return mensaje_id


def entregas(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    webhook_id: UUID,
    pagina: CursorPedido,
    *,
    solo_fallidas: bool = False,
) -> tuple[list[Entrega], str | None]:
    """What was sent to a subscription and how it fared, newest first. Raises `SuscripcionNoEncontrada`."""
    hallada = suscripcion(sesion, actor, unidad_id, webhook_id)
    return webhooks.entregas(sesion, hallada.id, pagina, solo_fallidas=solo_fallidas)


def entrega(
    sesion: Session, actor: Actor, unidad_id: UUID, webhook_id: UUID, mensaje_id: str
) -> tuple[Entrega, list[Intento]]:
    """One message with its tries. Raises `SuscripcionNoEncontrada`, `NoEncontrado`."""
    hallada = suscripcion(sesion, actor, unidad_id, webhook_id)
    mensaje = webhooks.entrega_de(sesion, hallada.id, mensaje_id)
    if mensaje is None:
        raise NoEncontrado(_("Esa entrega no existe, o pasó más de un mes desde que terminó."))
    return mensaje, webhooks.intentos_de(sesion, mensaje.id)


def reenviar(sesion: Session, actor: Actor, unidad_id: UUID, webhook_id: UUID, mensaje_id: str) -> None:
    """Send one message once more, with the id it has. Raises `SuscripcionInactiva`, `NoEncontrado`,
    `LimiteExcedido`.
    """
    hallada, autorizacion = _activa(sesion, actor, unidad_id, webhook_id)
    _contar(hallada)
    if not webhooks.reenviar(sesion, hallada.id, mensaje_id):
        raise NoEncontrado(_("Esa entrega no existe, o pasó más de un mes desde que terminó."))
    auditar(sesion, autorizacion, "webhook.reenviar", OBJETO, webhook_id, {"mensaje": mensaje_id})


def reenviar_rango(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    webhook_id: UUID,
    desde: datetime,
    hasta: datetime,
    *,
    solo_fallidas: bool = True,
) -> int:
    """The same for those made in ``[desde, hasta)``, the oldest thousand; returns how many."""
    hallada, autorizacion = _activa(sesion, actor, unidad_id, webhook_id)
    if hasta <= desde:
        texto = _("La segunda fecha debe ser posterior a la primera.")
        raise DatosInvalidos(texto, campos={"hasta": texto})
    limitar("webhook.rango", str(webhook_id), cupo=RANGOS_POR_HORA, ventana_s=3600)
    cuantas = webhooks.reenviar_rango(sesion, hallada.id, desde, hasta, solo_fallidas=solo_fallidas)
    datos = {"desde": desde.isoformat(), "hasta": hasta.isoformat(), "cuantas": cuantas}
    auditar(sesion, autorizacion, "webhook.reenviar_rango", OBJETO, webhook_id, datos)
    return cuantas
