"""Row locks of this room, always the order first and the ledger's accounts (inside the ledger) after it."""

import hashlib
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from pagos.cobros.errores import ConceptoNoEncontrado, OrdenNoEncontrada
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
    crudo = hashlib.sha256(f"orden\n{unidad_id}\n{referencia}".encode()).digest()[:8]
    sesion.connection().execute(
        text("SELECT pg_advisory_xact_lock(:c)"), {"c": int.from_bytes(crudo, "big", signed=True)}
    )
