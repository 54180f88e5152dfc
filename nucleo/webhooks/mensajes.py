"""Messages: queue them, look at how they fared, send them again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from nucleo.ids import nuevo_id
from nucleo.modelos import IntentoWebhook, MensajeWebhook, Webhook
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ahora
from nucleo.webhooks.tipos import PRUEBA, tipos

REENVIO_MAXIMO = 1_000


@dataclass(frozen=True, slots=True)
class Entrega:
    """A message and how it fares: `por_enviar`, `entregada` or `abandonada`."""

    id: str
    webhook_id: UUID
    tipo: str
    cuerpo: str
    estado: str
    intentos: int
    creado_en: datetime
    proximo_en: datetime
    ultimo_estado: int | None
    ultimo_error: str | None


@dataclass(frozen=True, slots=True)
class Intento:
    """One try: the status of the answer (None: there was none), how long it took, its first bytes."""

    momento: datetime
    estado: int | None
    latencia_ms: int
    respuesta: str
    error: str | None


def encolar(sesion: Session, duenio_id: UUID, tipo: str, datos: Mapping[str, Any]) -> int:
    """Queue a message for each active subscription of the owner to this type; returns how many.

    `tipo` is declared, and `datos` are as its schema says.
    """
    consulta = select(Webhook).where(Webhook.duenio_id == duenio_id, col(Webhook.activo))
    interesados = [w.id for w in sesion.exec(consulta) if not w.tipos or tipo in w.tipos]
    if interesados:
        tipos()[tipo].modelo.model_validate(datos)
        _escribir(sesion, interesados, tipo, datos)
    return len(interesados)


def probar(sesion: Session, webhook_id: UUID) -> str:
    """Queue a test for one subscription, whatever it asked for; the message's id."""
    (mensaje_id,) = _escribir(sesion, [webhook_id], PRUEBA, tipos()[PRUEBA].ejemplo)
    return mensaje_id


def _escribir(
    sesion: Session, webhooks: Sequence[UUID], tipo: str, datos: Mapping[str, Any]
) -> Sequence[str]:
    cuerpo = json.dumps(
        {"type": tipo, "timestamp": ahora().astimezone(UTC).isoformat(), "data": dict(datos)},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    filas = [
        MensajeWebhook(id=f"msg_{nuevo_id().hex}", webhook_id=id, tipo=tipo, cuerpo=cuerpo) for id in webhooks
    ]
    sesion.add_all(filas)
    sesion.flush()
    return [fila.id for fila in filas]


def entregas(
    sesion: Session, webhook_id: UUID, pagina: CursorPedido, *, solo_fallidas: bool = False
) -> tuple[list[Entrega], str | None]:
    """The messages of a subscription, newest first."""
    consulta: Any = select(MensajeWebhook).where(MensajeWebhook.webhook_id == webhook_id)
    if solo_fallidas:
        consulta = consulta.where(
            col(MensajeWebhook.entregado_en).is_(None), col(MensajeWebhook.intentos) > 0
        )
    columnas = (MensajeWebhook.creado_en, MensajeWebhook.id)
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas)
    return [_entrega(fila) for fila in filas], siguiente


def entrega_de(sesion: Session, webhook_id: UUID, mensaje_id: str) -> Entrega | None:
    fila = sesion.get(MensajeWebhook, mensaje_id)
    return _entrega(fila) if fila is not None and fila.webhook_id == webhook_id else None


def intentos_de(sesion: Session, mensaje_id: str) -> list[Intento]:
    """Every try of a message, in order."""
    consulta = select(IntentoWebhook).where(IntentoWebhook.mensaje_id == mensaje_id)
    return [
        Intento(i.momento, i.estado, i.latencia_ms, i.respuesta, i.error)
        for i in sesion.exec(consulta.order_by(col(IntentoWebhook.numero)))
    ]


_DE_NUEVO: dict[str, Any] = {"entregado_en": None, "abandonado_en": None, "intentos": 0}


def reenviar(sesion: Session, webhook_id: UUID, mensaje_id: str) -> bool:
    """Send a message once more, from the first pause on, with the id it has. Whether there is such a one."""
    orden = update(MensajeWebhook).where(
        col(MensajeWebhook.id) == mensaje_id, col(MensajeWebhook.webhook_id) == webhook_id
    )
    hecho = sesion.connection().execute(orden.values(**_DE_NUEVO, proximo_en=func.nucleo_ahora()))
    return bool(hecho.rowcount)


def reenviar_rango(
    sesion: Session, webhook_id: UUID, desde: datetime, hasta: datetime, *, solo_fallidas: bool = True
) -> int:
    """The same for those made in ``[desde, hasta)``, the oldest `REENVIO_MAXIMO`; returns how many."""
    elegidos = select(MensajeWebhook.id).where(
        MensajeWebhook.webhook_id == webhook_id,
        col(MensajeWebhook.creado_en) >= desde,
        col(MensajeWebhook.creado_en) < hasta,
    )
    if solo_fallidas:
        elegidos = elegidos.where(col(MensajeWebhook.entregado_en).is_(None))
    elegidos = elegidos.order_by(col(MensajeWebhook.creado_en), col(MensajeWebhook.id)).limit(REENVIO_MAXIMO)
    orden = update(MensajeWebhook).where(col(MensajeWebhook.id).in_(elegidos))
    orden = orden.values(**_DE_NUEVO, proximo_en=func.nucleo_ahora())
    return int(sesion.connection().execute(orden).rowcount)


def _entrega(fila: MensajeWebhook) -> Entrega:
    estado = "por_enviar"
    if fila.entregado_en is not None:
        estado = "entregada"
    elif fila.abandonado_en is not None:
        estado = "abandonada"
    return Entrega(
        fila.id,
        fila.webhook_id,
        fila.tipo,
        bytes(fila.cuerpo).decode(),
        estado,
        fila.intentos,
        fila.creado_en,
        fila.proximo_en,
        fila.ultimo_estado,
        fila.ultimo_error,
    )
