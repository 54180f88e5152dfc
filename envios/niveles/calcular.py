"""The service levels of items, computed from their events: again whenever an item's row changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, or_, select

from envios.eventos import Codigo, CodigoPropio, Suceso, historias_de, promesas_de
from envios.items.modelos import Envio
from envios.niveles.modelos import Nivel
from nucleo.bd import transaccion
from nucleo.reloj import fecha_bolivia

LOTE = 500
_SALIDA = frozenset({Codigo.EMC, CodigoPropio.SACA_SALE, CodigoPropio.TRASPASO_DADO})
_LLEGADA = frozenset({Codigo.EMD, Codigo.EMG})
_REPARTO = frozenset({Codigo.EDG, Codigo.EDH})


def por_calcular(limite: int) -> Any:
    """A SELECT of the items whose row is another one than was computed, or that are counted no more."""
    return (
        select(Envio.id)
        .outerjoin(Nivel, col(Nivel.envio_id) == col(Envio.id))
        .where(
            or_(
                col(Envio.admitido_en).is_not(None) & col(Nivel.version).is_distinct_from(col(Envio.version)),
                col(Envio.admitido_en).is_(None) & col(Nivel.envio_id).is_not(None),
            )
        )
        .limit(limite)
    )


def calcular_pendientes() -> int:
    """Those that changed since, a batch a transaction; how many."""
    hechos = 0
    while True:
        with transaccion() as sesion:
            lote = calcular_lote(sesion)
        hechos += lote
        if lote < LOTE:
            return hechos


def calcular_lote(sesion: Session) -> int:
    """Some hundreds of those that changed since; how many."""
    ids = list(sesion.exec(por_calcular(LOTE)))
    recalcular(sesion, ids)
    return len(ids)


def recalcular(sesion: Session, ids: Iterable[UUID]) -> None:
    """Write what the events of these items say; one that was not received is counted no more.

    Two that compute the same item at once write the same, unless it changed between them: then its row has
    another version, and the next sweep finds it.
    """
    consulta = select(Envio).where(col(Envio.id).in_(list(ids))).order_by(col(Envio.id))
    envios = list(sesion.exec(consulta.execution_options(populate_existing=True)))
    filas = niveles_de(sesion, envios)
    if filas:
        nueva = insert(Nivel).values(filas)
        cambia = {c: nueva.excluded[c] for c in filas[0] if c != "envio_id"}
        sesion.connection().execute(nueva.on_conflict_do_update(index_elements=["envio_id"], set_=cambia))
    fuera = {e.id for e in envios} - {f["envio_id"] for f in filas}
    if fuera:
        sesion.connection().execute(delete(Nivel).where(col(Nivel.envio_id).in_(fuera)))


def niveles_de(sesion: Session, envios: Sequence[Envio]) -> list[dict[str, Any]]:
    """The rows of those that were received, in the order of the items."""
    recibidos = [e for e in envios if e.admitido_en is not None]
    cuentan = {id: h.cuentan for id, h in historias_de(sesion, recibidos).items()}
    promesas = promesas_de(sesion, recibidos, cuentan)
    return [
        {
            "envio_id": envio.id,
            "version": envio.version,
            "operador_unidad_id": envio.operador_unidad_id,
            "mes": fecha_bolivia(envio.admitido_en).replace(day=1),
            "servicio": promesas[envio.id].servicio,
            "origen_ine": promesas[envio.id].origen_ine,
            "destino_ine": envio.destino_municipio_ine,
            "prometido_el": promesas[envio.id].entrega_el,
            "admitido_en": envio.admitido_en,
            **_etapas(envio, cuentan[envio.id]),
        }
        for envio in recibidos
    ]


def _etapas(envio: Envio, eventos: Sequence[Suceso]) -> dict[str, Any]:
    """When each stage was reached, by the first event that says so."""
    reparto = _primero(eventos, _REPARTO)
    antes = [e for e in eventos if reparto is None or e.ocurrido_en <= reparto]
    sacas = [e.ocurrido_en for e in antes if e.codigo == CodigoPropio.SACA_ENTRA]
    intento = _primero(eventos, {Codigo.EMH})
    primero: bool | None = None
    if intento is not None:
        primero = envio.entregado_en is not None and intento > envio.entregado_en
    elif envio.entregado_en is not None:
        primero = True
    return {
        "salida_en": _primero(eventos, _SALIDA),
        "llegada_en": _primero(antes, _LLEGADA) or (sacas[-1] if sacas else None),
        "reparto_en": reparto,
        "entregado_en": envio.entregado_en,
        "primer_intento": primero,
        "terminado": envio.estado.es_terminal,
    }


def _primero(eventos: Sequence[Suceso], codigos: Iterable[str]) -> datetime | None:
    return next((e.ocurrido_en for e in eventos if e.codigo in codigos), None)
