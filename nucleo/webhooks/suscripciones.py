"""Subscriptions: where a unit's systems are told, of what, and with which secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, or_, select

from nucleo.bloqueos import webhook_para_cambiar
from nucleo.http_saliente import exigir_url
from nucleo.ids import nuevo_id
from nucleo.modelos import Webhook
from nucleo.reloj import ahora_bd
from nucleo.webhooks.firma import cifrar, nuevo_secreto

GRACIA = timedelta(hours=24)
"""How long the secret before still signs after a rotation."""


@dataclass(frozen=True, slots=True)
class Suscripcion:
    """Where somebody wants to be told, and of what (no `tipos` means all).

    `motivo_baja`: `fallas` or `410` when it was ended because it does not answer; it may be taken up again.
    `anterior_hasta`: until when the secret before a rotation signs too.
    """

    id: UUID
    url: str
    tipos: tuple[str, ...]
    activo: bool
    creado_en: datetime
    fallando_desde: datetime | None = None
    baja_en: datetime | None = None
    motivo_baja: str | None = None
    anterior_hasta: datetime | None = None


def suscribir(sesion: Session, duenio_id: UUID, url: str, tipos: list[str]) -> tuple[Suscripcion, str]:
    """Create a subscription and its secret, which is shown this once. Raises `DireccionProhibida`."""
    secreto = nuevo_secreto()
    fila = Webhook(
        id=nuevo_id(),
        duenio_id=duenio_id,
        url=exigir_url(url),
        tipos=sorted(set(tipos)),
        secreto_cifrado=cifrar(secreto),
    )
    sesion.add(fila)
    sesion.flush()
    sesion.refresh(fila)
    return _suscripcion(fila), secreto


def suscripciones_de(sesion: Session, duenio_id: UUID) -> list[Suscripcion]:
    """Those in force and those that were ended because they do not answer, oldest first."""
    consulta = select(Webhook).where(
        Webhook.duenio_id == duenio_id, or_(col(Webhook.activo), col(Webhook.motivo_baja) != "pedida")
    )
    return [_suscripcion(fila) for fila in sesion.exec(consulta.order_by(col(Webhook.id)))]


def suscripcion_de(sesion: Session, duenio_id: UUID, webhook_id: UUID) -> Suscripcion | None:
    """One of that owner's, unless they ended it."""
    fila = sesion.get(Webhook, webhook_id)
    if fila is None or fila.duenio_id != duenio_id or fila.motivo_baja == "pedida":
        return None
    return _suscripcion(fila)


def _propia(sesion: Session, duenio_id: UUID, webhook_id: UUID) -> Webhook | None:
    fila = webhook_para_cambiar(sesion, webhook_id)
    if fila is None or fila.duenio_id != duenio_id or fila.motivo_baja == "pedida":
        return None
    return fila


def dar_de_baja(sesion: Session, duenio_id: UUID, webhook_id: UUID) -> bool:
    """End a subscription; what waited to be sent will not be. Whether that owner had it."""
    fila = _propia(sesion, duenio_id, webhook_id)
    if fila is None:
        return False
    fila.activo, fila.baja_en, fila.motivo_baja = False, ahora_bd(sesion), "pedida"
    sesion.flush()
    return True


def reactivar(sesion: Session, duenio_id: UUID, webhook_id: UUID) -> bool:
    """Take up again one that was ended because it does not answer. Whether that owner had it."""
    fila = _propia(sesion, duenio_id, webhook_id)
    if fila is None:
        return False
    fila.activo, fila.baja_en, fila.motivo_baja, fila.fallando_desde = True, None, None, None
    sesion.flush()
    return True


def rotar_secreto(sesion: Session, duenio_id: UUID, webhook_id: UUID) -> str | None:
    """A new secret, shown this once; the one before signs too for `GRACIA`. None when it is not theirs."""
    fila = _propia(sesion, duenio_id, webhook_id)
    if fila is None:
        return None
    secreto = nuevo_secreto()
    fila.secreto_anterior_cifrado, fila.anterior_hasta = fila.secreto_cifrado, ahora_bd(sesion) + GRACIA
    fila.secreto_cifrado = cifrar(secreto)
    sesion.flush()
    return secreto


def _suscripcion(fila: Webhook) -> Suscripcion:
    return Suscripcion(
        fila.id,
        fila.url,
        tuple(fila.tipos),
        fila.activo,
        fila.creado_en,
        fila.fallando_desde,
        fila.baja_en,
        fila.motivo_baja,
        fila.anterior_hasta,
    )


def duenios_de_tipo(sesion: Session, tipo: str) -> list[UUID]:
    """Who has an active subscription to this type, or to all."""
    consulta = select(Webhook.duenio_id).where(
        col(Webhook.activo), or_(col(Webhook.tipos) == [], col(Webhook.tipos).contains([tipo]))
    )
    return list(sesion.exec(consulta.distinct().order_by(col(Webhook.duenio_id))))
