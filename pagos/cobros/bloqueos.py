"""Row locks of this room, always the order first and the ledger's accounts (inside the ledger) after it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from nucleo.bloqueos import cerrojo
from pagos.cobros.errores import ConceptoNoEncontrado, OrdenNoEncontrada
from pagos.cobros.estados import ABIERTOS
from pagos.cobros.modelos import Concepto, Orden


def bloquear_orden(sesion: Session, orden_id: UUID) -> Orden:
    """The order as it is now, locked until the transaction ends. Raises `OrdenNoEncontrada`."""
    orden = sesion.get(Orden, orden_id, with_for_update=True, populate_existing=True)
    if orden is None:
        raise OrdenNoEncontrada()
    return orden


def bloquear_concepto(sesion: Session, concepto_id: UUID) -> Concepto:
    """The concept, locked to be edited. Raises `ConceptoNoEncontrado`."""
    concepto = sesion.get(Concepto, concepto_id, with_for_update=True, populate_existing=True)
    if concepto is None:
        raise ConceptoNoEncontrado()
    return concepto


def concepto_para_emitir(sesion: Session, unidad_id: UUID, codigo: str) -> list[Concepto]:
    """Every version of a code, locked so that nobody edits its amount while an order is made of it."""
    consulta = (
        select(Concepto)
        .where(Concepto.unidad_id == unidad_id, Concepto.codigo == codigo)
        .order_by(col(Concepto.vigente_desde))
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    return list(sesion.exec(consulta))


def bloquear_referencia(sesion: Session, unidad_id: UUID, referencia: str) -> None:
    """One registration of a reference at a time: the second finds the order of the first."""
    cerrojo(sesion, f"orden\n{unidad_id}\n{referencia}")


def ordenes_vencidas(sesion: Session, ahora: datetime, limite: int) -> list[Orden]:
    """Open ones whose time is over. A row somebody is paying is left for the next round: that payment was
    judged by the same clock."""
    consulta = (
        select(Orden)
        .where(col(Orden.estado).in_([e.value for e in ABIERTOS]), col(Orden.vence_en) <= ahora)
        .order_by(col(Orden.vence_en))
        .limit(limite)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return list(sesion.exec(consulta))
