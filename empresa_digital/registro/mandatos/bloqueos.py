"""Row locks of the mandates. Order: the unit, its mandates by id. Whoever uses a mandate takes it before any
account of the ledger (the SQL function `registro_bloquear_mandatos`)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro.mandatos.modelos import Mandato


def bloquear_mandatos(sesion: Session, ids: Iterable[UUID]) -> Sequence[Mandato]:
    """The mandates as they are now, by id, locked until the transaction ends.

    `FOR NO KEY UPDATE`: acts under way by them end first (they hold them shared), and rows of other tables
    that reference them need not wait. So an instant read afterwards is later than that of any act by them.
    """
    consulta = (
        select(Mandato)
        .where(col(Mandato.id).in_(list(ids)))
        .order_by(col(Mandato.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return sesion.exec(consulta).all()
