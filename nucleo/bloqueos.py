"""Locks of the kernel, and the one spelling of a lock that is of no row.

Each room has its row locks in its own `bloqueos.py`, which says in what order it takes them (rows of one
table by id), so that nobody waits for who waits for them.
"""

import hashlib
from uuid import UUID

from sqlalchemy import Connection, text
from sqlmodel import Session, select

from nucleo.modelos import Webhook

_CERRAR = text("SELECT pg_advisory_xact_lock(:numero)")
_CERRAR_SI_LIBRE = text("SELECT pg_try_advisory_xact_lock(:numero)")


def cerrojo(sesion: Session, clave: str) -> None:
    """One transaction at a time holds a key, until it ends; the others wait here."""
    sesion.connection().execute(_CERRAR, {"numero": _numero(clave)})


def cerrojo_si_libre(conexion: Connection, clave: str) -> bool:
    """The same without waiting: False when another transaction holds the key."""
    return bool(conexion.execute(_CERRAR_SI_LIBRE, {"numero": _numero(clave)}).scalar_one())


def _numero(clave: str) -> int:
    # A digest that nobody can make collide: a key may carry what a client chose.
    return int.from_bytes(hashlib.sha256(clave.encode()).digest()[:8], "big", signed=True)


EVENTOS_POR_REPARTIR = text(
    """
    SELECT numero, tipo FROM nucleo_evento
    WHERE repartido_en IS NULL ORDER BY numero LIMIT :lote FOR UPDATE SKIP LOCKED
    """
)
ENTREGA = text(
    """
    SELECT e.consumidor, v.id, v.numero, v.tipo, v.objeto_id, v.datos, v.creado_en
    FROM nucleo_entrega e JOIN nucleo_evento v ON v.numero = e.evento_numero
    WHERE e.id = :id AND e.hecha_en IS NULL FOR UPDATE OF e SKIP LOCKED
    """
)
# What is due, few of each receiver; counting them looks at the first two thousand only.
MENSAJES_POR_ENVIAR = text(
    """
    UPDATE nucleo_webhook_mensaje m SET intentos = m.intentos + 1,
        proximo_en = nucleo_ahora() + interval '1 second' * (1 + random() / 10)
            * (CAST(:pausas AS int[]))[least(m.intentos + 1, :n)]
    FROM nucleo_webhook w
    WHERE m.id IN (
        SELECT id FROM nucleo_webhook_mensaje
        WHERE entregado_en IS NULL AND abandonado_en IS NULL AND proximo_en <= nucleo_ahora() AND id IN (
            SELECT id FROM (
                SELECT id, proximo_en,
                    row_number() OVER (PARTITION BY webhook_id ORDER BY proximo_en, id) AS lugar
                FROM (
                    SELECT id, webhook_id, proximo_en FROM nucleo_webhook_mensaje
                    WHERE entregado_en IS NULL AND abandonado_en IS NULL AND proximo_en <= nucleo_ahora()
                    ORDER BY proximo_en, id LIMIT 2000
                ) debidos
            ) turnos WHERE lugar <= :por_receptor ORDER BY proximo_en, id LIMIT :lote
        ) FOR UPDATE SKIP LOCKED
    ) AND w.id = m.webhook_id
    RETURNING m.id, m.cuerpo, m.intentos, w.id AS webhook_id, w.url, w.secreto_cifrado, w.activo,
        w.secreto_anterior_cifrado, w.anterior_hasta, w.fallando_desde
    """
)


def webhook_para_cambiar(sesion: Session, webhook_id: UUID) -> Webhook | None:
    """A subscription, locked, whoever owns it."""
    consulta = select(Webhook).where(Webhook.id == webhook_id).with_for_update(key_share=True)
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()
