"""Row locks of payrolls: the batch, then the accounts of its payees by owner, then the ledger's."""

from uuid import UUID

from sqlmodel import Session

from pagos.planillas.modelos import Planilla


def planilla_bloqueada(sesion: Session, planilla_id: UUID) -> Planilla | None:
    """The batch as it is now, locked until the transaction ends."""
    return sesion.get(Planilla, planilla_id, with_for_update=True, populate_existing=True)
