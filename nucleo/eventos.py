"""Transactional outbox and inbox.

`publicar` writes an event row in the caller's transaction. A relay turns each event into one delivery row
per consumer (`repartir`), and each delivery is executed once in its own transaction (`entregar`): the row is
marked done by the commit that holds the handler's effect, so a crash anywhere repeats nothing and loses
nothing. Celery only wakes these functions; what is left behind is swept by the periodic `barrer`.

The relay claims unsent rows and skips those that are taken: never "id greater than the last seen", which
loses rows of transactions that commit late (fiabilidad.md).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion, tras_confirmar
from nucleo.bloqueos import ENTREGA, EVENTOS_POR_REPARTIR
from nucleo.filas import insertar_filas
from nucleo.ids import nuevo_id
from nucleo.modelos import Evento

registro = structlog.get_logger(__name__)

LOTE = 200
DEMORA_MAXIMA = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class EventoRecibido:
    """What a consumer sees. `datos` holds ids and small facts; read the rest from the database."""

    id: UUID
    numero: int
    tipo: str
    objeto_id: UUID
    datos: dict[str, Any]
    creado_en: datetime


Consumidor = Callable[[Session, EventoRecibido], None]
_consumidores: dict[str, dict[str, Consumidor]] = {}
_despertar: Callable[[], None] | None = None


def al_ocurrir(tipo: str, *, consumidor: str) -> Callable[[Consumidor], Consumidor]:
    """Subscribe a function to a type of event under a stable consumer name."""

    def registrar(funcion: Consumidor) -> Consumidor:
        actuales = _consumidores.setdefault(tipo, {})
        if consumidor in actuales and actuales[consumidor] is not funcion:
            raise RuntimeError(f"{consumidor} ya escucha {tipo}")
        actuales[consumidor] = funcion
        return funcion

    return registrar


def consumidores() -> Mapping[str, Mapping[str, Consumidor]]:
    return _consumidores


def al_confirmar_despertar(funcion: Callable[[], None] | None) -> None:
    """Set what wakes the relay after a commit that published events (Celery in the running platform)."""
    global _despertar
    _despertar = funcion


@dataclass(frozen=True, slots=True)
class Noticia:
    """What is published: a type, what it is about, ids and small facts."""

    tipo: str
    objeto_id: UUID
    datos: Mapping[str, Any]


def publicar(
    sesion: Session,
    tipo: str,
    objeto_id: UUID,
    datos: Mapping[str, Any] | None = None,
    actor: Actor | Autorizacion | None = None,
) -> UUID:
    """Write an event in the caller's transaction; it exists if and only if the transaction commits."""
    return publicar_varias(sesion, [Noticia(tipo, objeto_id, datos or {})], actor)[0]


def publicar_varias(
    sesion: Session, noticias: Sequence[Noticia], actor: Actor | Autorizacion | None = None
) -> list[UUID]:
    """`publicar`, many in one statement, numbered in this order."""
    autor = actor.actor if isinstance(actor, Autorizacion) else actor
    clave = autor.clave if autor else "sistema:evento"
    filas: list[dict[str, Any]] = [
        {"id": nuevo_id(), "tipo": n.tipo, "objeto_id": n.objeto_id, "datos": n.datos, "actor": clave}
        for n in noticias
    ]
    sesion.flush()
    insertar_filas(sesion, Evento, filas)
    if filas and _despertar is not None:
        tras_confirmar(sesion, "despertar_relevo", _despertar)
    return [fila["id"] for fila in filas]


_CREAR = text(
    """
    INSERT INTO nucleo_entrega (evento_numero, consumidor, intentos)
    SELECT * FROM unnest(CAST(:numeros AS bigint[]), CAST(:consumidores AS varchar[]),
                         array_fill(0, ARRAY[cardinality(CAST(:numeros AS bigint[]))]))
    ON CONFLICT (evento_numero, consumidor) DO NOTHING
    RETURNING id
    """
)
_REPARTIDOS = text(
    "UPDATE nucleo_evento SET repartido_en = nucleo_ahora() WHERE numero = ANY(CAST(:numeros AS bigint[]))"
)


def hay_por_repartir(sesion: Session) -> bool:
    """Whether some event waits to be relayed; this transaction's own count."""
    consulta = text("SELECT EXISTS (SELECT FROM nucleo_evento WHERE repartido_en IS NULL)")
    return bool(sesion.connection().execute(consulta).scalar_one())


_SIN_OIR = text(
    """
    SELECT DISTINCT e.objeto_id FROM nucleo_evento e LEFT JOIN nucleo_entrega t ON t.evento_numero = e.numero
    WHERE e.objeto_id = ANY(CAST(:objetos AS uuid[]))
        AND (e.repartido_en IS NULL OR (t.id IS NOT NULL AND t.hecha_en IS NULL))
    """
)


def sin_oir(sesion: Session, objetos: Collection[UUID]) -> set[UUID]:
    """Those about which something was published that not every consumer has heard yet."""
    return set(sesion.connection().execute(_SIN_OIR, {"objetos": list(objetos)}).scalars())


def repartir() -> list[int]:
    """Turn up to `LOTE` unsent events into deliveries, one per consumer; return the delivery ids."""
    with transaccion() as sesion:
        filas = sesion.connection().execute(EVENTOS_POR_REPARTIR, {"lote": LOTE}).all()
        if not filas:
            return []
        parejas = [(numero, nombre) for numero, tipo in filas for nombre in _consumidores.get(tipo, {})]
        ids: list[int] = []
        if parejas:
            parametros = {"numeros": [n for n, _ in parejas], "consumidores": [c for _, c in parejas]}
            ids = list(sesion.connection().execute(_CREAR, parametros).scalars())
        sesion.connection().execute(_REPARTIDOS, {"numeros": [numero for numero, _ in filas]})
    return ids


_HECHA = text("UPDATE nucleo_entrega SET hecha_en = nucleo_ahora(), error = NULL WHERE id = :id")
_FALLIDA = text(
    """
    UPDATE nucleo_entrega SET intentos = intentos + 1, error = :error,
        proximo_en = nucleo_ahora() + least(:maximo, interval '1 second' * power(2, least(intentos, 20)))
    WHERE id = :id AND hecha_en IS NULL
    """
)


def entregar(entrega_id: int) -> bool:
    """Run one delivery in its own transaction. False when it was done already, is being done, or failed."""
    try:
        with transaccion() as sesion:
            fila = sesion.connection().execute(ENTREGA, {"id": entrega_id}).one_or_none()
            if fila is None:
                return False
            consumidor, *campos = fila
            evento = EventoRecibido(*campos)
            funcion = _consumidores.get(evento.tipo, {}).get(consumidor)
            if funcion is None:
                raise LookupError(f"no hay consumidor {consumidor} de {evento.tipo}")
            funcion(sesion, evento)
            sesion.flush()
            sesion.connection().execute(_HECHA, {"id": entrega_id})
    except Exception as error:
        registro.exception("entrega_fallida", entrega=entrega_id)
        with transaccion() as sesion:
            sesion.connection().execute(
                _FALLIDA, {"id": entrega_id, "error": repr(error)[:2000], "maximo": DEMORA_MAXIMA}
            )
        return False
    return True


_VENCIDAS = text(
    """
    SELECT id FROM nucleo_entrega WHERE hecha_en IS NULL AND proximo_en <= nucleo_ahora()
    ORDER BY proximo_en LIMIT :lote
    """
)


def por_entregar() -> list[int]:
    """Deliveries that are due: new ones whose wake-up was lost, and failed ones after their back-off."""
    with transaccion() as sesion:
        return list(sesion.connection().execute(_VENCIDAS, {"lote": LOTE}).scalars())


def entregar_pendientes(maximo: int = 100_000) -> int:
    """Relay and run everything that is due, in this process, until quiet. Returns how many handlers ran."""
    hechas = 0
    while hechas < maximo:
        nuevas = repartir()
        exitos = sum(entregar(entrega_id) for entrega_id in dict.fromkeys([*nuevas, *por_entregar()]))
        hechas += exitos
        if not nuevas and not exitos:
            break
    return hechas
