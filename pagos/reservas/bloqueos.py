"""Row locks of reserves: the reserve, then the ledger's accounts."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from pagos.libro.modelos import Pendiente
from pagos.reservas.errores import ReservaInexistente
from pagos.reservas.estados import EstadoReserva
from pagos.reservas.modelos import Reserva


def bloquear_reserva(sesion: Session, reserva_id: UUID) -> Reserva:
    """The reserve as it is now. Raises `ReservaInexistente`."""
    reserva = sesion.get(Reserva, reserva_id, with_for_update=True, populate_existing=True)
    if reserva is None:
        raise ReservaInexistente()
    return reserva


def reservas_vencidas(sesion: Session, limite: int) -> Sequence[Reserva]:
    """Those whose money the ledger gave back because their time was over; one in use waits for next time."""
    consulta = (
        select(Reserva)
        .join(Pendiente, col(Pendiente.id) == col(Reserva.id))
        .where(col(Reserva.estado) == EstadoReserva.ABIERTA, col(Pendiente.estado) == EstadoReserva.VENCIDA)
        .order_by(col(Reserva.vence_en))
        .limit(limite)
        .with_for_update(of=Reserva, skip_locked=True)
    )
    return sesion.exec(consulta).all()
