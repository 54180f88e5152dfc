"""Send what is due: several at once, few of each receiver, so that a slow one holds nobody else up.

A try is claimed before it is made (its next instant moves on), so a death in between costs a pause, not the
message. Pauses are the standard's, with some chance in them: who was down does not get it all at once.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text
from sqlmodel import Session

from nucleo.bd import transaccion
from nucleo.bloqueos import MENSAJES_POR_ENVIAR, webhook_para_cambiar
from nucleo.errores import ErrorDominio
from nucleo.eventos import publicar
from nucleo.http_saliente import Respuesta, cliente_saliente, enviar
from nucleo.modelos import IntentoWebhook, Webhook
from nucleo.reloj import ahora, ahora_bd
from nucleo.tareas import periodica
from nucleo.webhooks.firma import descifrar, firmar
from nucleo.webhooks.tipos import WEBHOOK_DESACTIVADO

PAUSAS_S = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
"""Between one try and the next: ten tries, over some three days."""
LOTE = 40
POR_RECEPTOR = 4
A_LA_VEZ = 8
FALLAS_MAXIMAS = timedelta(days=5)
"""A receiver that accepts nothing for so long is told no more."""
CONSERVAR = timedelta(days=30)
_RESPUESTA_MAXIMA = 500


def enviar_pendientes(cliente: httpx.Client | None = None) -> int:
    """Send one batch of what is due; returns how many were accepted (2xx). 410 ends the subscription."""
    with transaccion() as sesion:
        parametros = {
            "pausas": list(PAUSAS_S),
            "n": len(PAUSAS_S),
            "lote": LOTE,
            "por_receptor": POR_RECEPTOR,
        }
        filas: Sequence[Any] = sesion.connection().execute(MENSAJES_POR_ENVIAR, parametros).all()
    if not filas:
        return 0
    with cliente or cliente_saliente() as http, ThreadPoolExecutor(A_LA_VEZ) as hilos:
        return sum(hilos.map(lambda fila: _enviar_uno(http, fila), filas))


def _enviar_uno(http: httpx.Client, fila: Any) -> bool:
    if not fila.activo:
        with transaccion() as sesion:
            _terminar(sesion, fila.id, estado=None, error=None, exito=False, abandonar=True)
        return False
    respuesta, error, inicio = None, None, time.monotonic()
    try:
        respuesta = enviar(http, fila.url, bytes(fila.cuerpo), _cabeceras(fila))
    except (httpx.HTTPError, ErrorDominio) as falla:
        error = repr(falla)[:500]
    latencia_ms = int((time.monotonic() - inicio) * 1000)
    exito = respuesta is not None and 200 <= respuesta.estado < 300
    _anotar(fila, respuesta, error, latencia_ms, exito=exito)
    return exito


def _cabeceras(fila: Any) -> dict[str, str]:
    """Signed by the secret, and by the one before while a rotation is recent."""
    instante = ahora()
    secretos = [fila.secreto_cifrado]
    if fila.anterior_hasta is not None and fila.anterior_hasta > instante:
        secretos.append(fila.secreto_anterior_cifrado)
    segundo = int(instante.timestamp())
    firmas = [firmar(descifrar(s), fila.id, segundo, bytes(fila.cuerpo)) for s in secretos]
    return {
        "Content-Type": "application/json",
        "webhook-id": fila.id,
        "webhook-timestamp": str(segundo),
        "webhook-signature": " ".join(firmas),
    }


def _anotar(
    fila: Any, respuesta: Respuesta | None, error: str | None, latencia_ms: int, *, exito: bool
) -> None:
    """The try, the message and the subscription, in one transaction."""
    estado = respuesta.estado if respuesta is not None else None
    with transaccion() as sesion:
        sesion.add(
            IntentoWebhook(
                mensaje_id=fila.id,
                momento=ahora_bd(sesion),
                estado=estado,
                latencia_ms=latencia_ms,
                respuesta=_legible(respuesta.primeros) if respuesta is not None else "",
                error=error,
            )
        )
        abandonar = not exito and (estado == 410 or fila.intentos > len(PAUSAS_S))
        _terminar(sesion, fila.id, estado=estado, error=error, exito=exito, abandonar=abandonar)
        if not exito or fila.fallando_desde is not None:
            _juzgar_receptor(sesion, fila.webhook_id, estado, exito=exito)


def _legible(primeros: bytes) -> str:
    texto = primeros[:_RESPUESTA_MAXIMA].decode("utf-8", "replace")
    return "".join(c for c in texto if c.isprintable() or c in "\n\t")


_TERMINAR = text(
    """
    UPDATE nucleo_webhook_mensaje SET ultimo_estado = :estado, ultimo_error = :error,
        entregado_en = CASE WHEN :exito THEN nucleo_ahora() END,
        abandonado_en = CASE WHEN :abandonar THEN nucleo_ahora() END
    WHERE id = :id AND entregado_en IS NULL
    """
)


def _terminar(
    sesion: Session, id: str, *, estado: int | None, error: str | None, exito: bool, abandonar: bool
) -> None:
    parametros = {"id": id, "estado": estado, "error": error, "exito": exito, "abandonar": abandonar}
    sesion.connection().execute(_TERMINAR, parametros)


def _juzgar_receptor(sesion: Session, webhook_id: UUID, estado: int | None, *, exito: bool) -> None:
    """Since when it fails; the end of one that says it is gone, or that has failed for too long."""
    webhook = webhook_para_cambiar(sesion, webhook_id)
    if webhook is None or not webhook.activo:
        return
    instante = ahora_bd(sesion)
    if exito:
        webhook.fallando_desde = None
        return
    webhook.fallando_desde = webhook.fallando_desde or instante
    if estado == 410:
        _desactivar(sesion, webhook, "410")
    elif instante - webhook.fallando_desde >= FALLAS_MAXIMAS:
        _desactivar(sesion, webhook, "fallas")


def _desactivar(sesion: Session, webhook: Webhook, motivo: str) -> None:
    webhook.activo, webhook.baja_en, webhook.motivo_baja = False, ahora_bd(sesion), motivo
    datos = {"duenio_id": str(webhook.duenio_id), "url": webhook.url, "motivo": motivo}
    publicar(sesion, WEBHOOK_DESACTIVADO, webhook.id, datos)


@periodica("nucleo.enviar_webhooks", cada=2)
def enviar_webhooks() -> int:
    return enviar_pendientes()


_LIMPIAR = text(
    """
    DELETE FROM nucleo_webhook_mensaje WHERE id IN (
        SELECT id FROM nucleo_webhook_mensaje
        WHERE coalesce(entregado_en, abandonado_en) < nucleo_ahora() - CAST(:conservar AS interval)
        ORDER BY coalesce(entregado_en, abandonado_en) LIMIT 5000
    )
    """
)


@periodica("nucleo.limpiar_webhooks", cada=600)
def limpiar_webhooks() -> int:
    """Delete messages, with their tries, that ended long ago, a bounded batch a time; returns how many."""
    with transaccion() as sesion:
        return int(sesion.connection().execute(_LIMPIAR, {"conservar": CONSERVAR}).rowcount)
