"""Outgoing webhooks, as Standard Webhooks 1.0 describes them.

`encolar` writes one message per subscription in the caller's transaction; a periodic task sends what is due,
outside any transaction, with growing pauses. The receiver recognises a repetition by `webhook-id`.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import httpx
import structlog
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlmodel import Session, col, select

from nucleo.bd import transaccion
from nucleo.bloqueos import MENSAJES_POR_ENVIAR
from nucleo.configuracion import ajustes
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.http_saliente import cliente_saliente, enviar, exigir_url
from nucleo.ids import nuevo_id
from nucleo.modelos import MensajeWebhook, Webhook
from nucleo.reloj import ahora
from nucleo.tareas import periodica
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

PREFIJO = "whsec_"
TOLERANCIA = timedelta(minutes=5)
PAUSAS_S = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
LOTE = 20

registro = structlog.get_logger(__name__)


class FirmaInvalida(DatosInvalidos):
    codigo = "firma_invalida"
    titulo = _l("La firma del aviso no es válida")


def _clave(secreto: str) -> bytes:
    crudo = secreto.removeprefix(PREFIJO)
    try:
        clave = base64.b64decode(crudo + "=" * (-len(crudo) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise FirmaInvalida(_("El secreto no está bien escrito.")) from error
    if not clave:
        raise FirmaInvalida(_("El secreto está vacío."))
    return clave


def firmar(secreto: str, mensaje_id: str, instante: int, cuerpo: bytes) -> str:
    """`v1,<base64 of HMAC-SHA256 of "id.timestamp.body">`; `secreto` is base64, `whsec_` before it or not."""
    contenido = f"{mensaje_id}.{instante}.".encode() + cuerpo
    return "v1," + base64.b64encode(hmac.digest(_clave(secreto), contenido, "sha256")).decode()


def comprobar_firma(
    secreto: str, cabeceras: Mapping[str, str], cuerpo: bytes, momento: datetime | None = None
) -> None:
    """Raise `FirmaInvalida` unless one of the signatures is ours and the timestamp is within five minutes."""
    try:
        mensaje_id, firmas = cabeceras["webhook-id"], cabeceras["webhook-signature"]
        instante = int(cabeceras["webhook-timestamp"])
    except (KeyError, ValueError) as error:
        raise FirmaInvalida(_("Faltan las cabeceras del aviso o no se entienden.")) from error
    if abs((momento or ahora()).timestamp() - instante) > TOLERANCIA.total_seconds():
        raise FirmaInvalida(_("El aviso es demasiado viejo o viene del futuro."))
    esperada = firmar(secreto, mensaje_id, instante, cuerpo)
    if not any(hmac.compare_digest(esperada.encode(), f.encode()) for f in firmas.split(" ")):
        raise FirmaInvalida(_("La firma no corresponde al contenido."))


@lru_cache
def _cofre() -> Fernet:
    """Subscriptions' secrets are kept encrypted with a key derived from the platform's own secret."""
    raiz = ajustes().secreto.get_secret_value().encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"webhooks:" + raiz).digest()))


@dataclass(frozen=True, slots=True)
class Suscripcion:
    """Where somebody wants to be told, and of what (no `tipos` means all)."""

    id: UUID
    url: str
    tipos: tuple[str, ...]
    activo: bool
    creado_en: datetime


def suscribir(sesion: Session, duenio_id: UUID, url: str, tipos: list[str]) -> tuple[Suscripcion, str]:
    """Create a subscription and its secret, which is shown this once. Raises `DireccionProhibida`."""
    secreto = PREFIJO + base64.b64encode(secrets.token_bytes(32)).decode()
    fila = Webhook(
        id=nuevo_id(),
        duenio_id=duenio_id,
        url=exigir_url(url),
        tipos=sorted(set(tipos)),
        secreto_cifrado=_cofre().encrypt(secreto.encode()),
    )
    sesion.add(fila)
    sesion.flush()
    sesion.refresh(fila)
    return _suscripcion(fila), secreto


def suscripciones_de(sesion: Session, duenio_id: UUID) -> list[Suscripcion]:
    """Those in force, oldest first."""
    consulta = select(Webhook).where(Webhook.duenio_id == duenio_id, col(Webhook.activo))
    return [_suscripcion(fila) for fila in sesion.exec(consulta.order_by(col(Webhook.id)))]


def dar_de_baja(sesion: Session, duenio_id: UUID, webhook_id: UUID) -> bool:
    """End a subscription; what waited to be sent will not be. Whether that owner had it."""
    fila = sesion.get(Webhook, webhook_id)
    if fila is None or fila.duenio_id != duenio_id or not fila.activo:
        return False
    fila.activo = False
    sesion.flush()
    return True


def _suscripcion(fila: Webhook) -> Suscripcion:
    return Suscripcion(fila.id, fila.url, tuple(fila.tipos), fila.activo, fila.creado_en)


def encolar(sesion: Session, duenio_id: UUID, tipo: str, datos: Mapping[str, Any]) -> int:
    """Queue a message for each active subscription of the owner to this type; returns how many."""
    consulta = select(Webhook).where(Webhook.duenio_id == duenio_id, col(Webhook.activo))
    interesados = [w for w in sesion.exec(consulta) if not w.tipos or tipo in w.tipos]
    cuerpo = json.dumps(
        {"type": tipo, "timestamp": ahora().astimezone(UTC).isoformat(), "data": dict(datos)},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    for webhook in interesados:
        sesion.add(
            MensajeWebhook(id=f"msg_{nuevo_id().hex}", webhook_id=webhook.id, tipo=tipo, cuerpo=cuerpo)
        )
    sesion.flush()
    return len(interesados)


_ANOTAR = text(
    """
    UPDATE nucleo_webhook_mensaje SET ultimo_estado = :estado, ultimo_error = :error,
        entregado_en = CASE WHEN :exito THEN nucleo_ahora() END,
        abandonado_en = CASE WHEN :abandonar THEN nucleo_ahora() END
    WHERE id = :id AND entregado_en IS NULL
    """
)


def enviar_pendientes(cliente: httpx.Client | None = None) -> int:
    """Send one batch of what is due; returns how many were accepted (2xx). 410 ends the subscription."""
    with transaccion() as sesion:
        filas = (
            sesion.connection()
            .execute(MENSAJES_POR_ENVIAR, {"pausas": list(PAUSAS_S), "n": len(PAUSAS_S), "lote": LOTE})
            .all()
        )
    if not filas:
        return 0
    aceptados = 0
    with cliente or cliente_saliente() as http:
        for fila in filas:
            aceptados += _enviar_uno(http, fila)
    return aceptados


def _enviar_uno(http: httpx.Client, fila: Any) -> bool:
    estado, error = 0, None
    if fila.activo:
        instante = int(ahora().timestamp())
        secreto = _cofre().decrypt(bytes(fila.secreto_cifrado)).decode()
        cuerpo = bytes(fila.cuerpo)
        cabeceras = {
            "Content-Type": "application/json",
            "webhook-id": fila.id,
            "webhook-timestamp": str(instante),
            "webhook-signature": firmar(secreto, fila.id, instante, cuerpo),
        }
        try:
            estado = enviar(http, fila.url, cuerpo, cabeceras)
        except (httpx.HTTPError, ErrorDominio) as falla:
            error = repr(falla)[:500]
    exito = 200 <= estado < 300
    ido = estado == 410 or not fila.activo
    with transaccion() as sesion:
        sesion.connection().execute(
            _ANOTAR,
            {
                "id": fila.id,
                "estado": estado or None,
                "error": error,
                "exito": exito,
                "abandonar": not exito and (ido or fila.intentos >= len(PAUSAS_S)),
            },
        )
        if estado == 410:
            baja = text("UPDATE nucleo_webhook SET activo = false WHERE id = :id")
            sesion.connection().execute(baja, {"id": fila.webhook_id})
    return exito


@periodica("nucleo.enviar_webhooks", cada=2)
def enviar_webhooks() -> int:
    return enviar_pendientes()
