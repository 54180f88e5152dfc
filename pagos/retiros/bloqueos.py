"""Row locks of withdrawals: by age those that go in a file."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from pagos.retiros.estados import EstadoRetiro
from pagos.retiros.modelos import Retiro


def retiro_bloqueado(sesion: Session, retiro_id: UUID) -> Retiro | None:
    """The withdrawal as it is now, locked until the transaction ends."""
    return sesion.get(Retiro, retiro_id, with_for_update=True, populate_existing=True)


def retiros_por_enviar(sesion: Session, limite: int) -> Sequence[Retiro]:
    """The oldest that wait for the bank and that no other file is taking."""
    consulta = (
        select(Retiro)
        .where(Retiro.estado == EstadoRetiro.PEDIDO.value)
        .order_by(col(Retiro.creado_en), col(Retiro.id))
        .limit(limite)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return sesion.exec(consulta).all()
