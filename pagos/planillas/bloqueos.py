"""Row locks of payrolls: the batch, then the accounts of its payees by owner, then the ledger's."""

from uuid import UUID

from sqlmodel import Session, select

from pagos.planillas.modelos import Planilla


def planilla_bloqueada(sesion: Session, planilla_id: UUID) -> Planilla | None:
    """The batch as it is now, locked until the transaction ends."""
    consulta = select(Planilla).where(Planilla.id == planilla_id).with_for_update()
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()
