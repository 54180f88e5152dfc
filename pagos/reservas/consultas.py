"""Reads of reserves."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar
from pagos.reservas.accesos import cuentas_que_pagan, cuentas_que_reciben, exigir_ver
from pagos.reservas.errores import ReservaInexistente
from pagos.reservas.estados import EstadoReserva
from pagos.reservas.modelos import Reserva


def reserva_para(sesion: Session, actor: Actor, reserva_id: UUID) -> Reserva:
    """A reserve, for who pays and who is to be paid. Raises `ReservaInexistente`."""
    reserva = sesion.get(Reserva, reserva_id, populate_existing=True)
    if reserva is None:
        raise ReservaInexistente()
    exigir_ver(sesion, actor, reserva)
    return reserva


def reservas_de(
    sesion: Session, actor: Actor, pagina: CursorPedido, *, rol: str = "todas", abiertas: bool = False
) -> tuple[list[Reserva], str | None]:
    """Those of the actor's accounts, newest first: where they pay (`paga`), are to be paid (`recibe`),
    both."""
    paga = col(Reserva.debito).in_(cuentas_que_pagan(sesion, actor))
    recibe = col(Reserva.credito).in_(cuentas_que_reciben(sesion, actor))
    consulta = select(Reserva).where({"paga": paga, "recibe": recibe}.get(rol, or_(paga, recibe)))
    if abiertas:
        consulta = consulta.where(
            col(Reserva.estado) == EstadoReserva.ABIERTA, col(Reserva.vence_en) > func.nucleo_ahora()
        )
    return paginar(sesion, consulta, pagina, columnas=(col(Reserva.creada_en), col(Reserva.id)))


def reservas_para_cuenta(
    sesion: Session, cuenta_id: int, pagina: CursorPedido
) -> tuple[list[Reserva], str | None]:
    """The open ones held for this account, those that expire first in front."""
    consulta = select(Reserva).where(
        col(Reserva.credito) == cuenta_id,
        col(Reserva.estado) == EstadoReserva.ABIERTA,
        col(Reserva.vence_en) > func.nucleo_ahora(),
    )
    columnas = (col(Reserva.vence_en), col(Reserva.id))
    return paginar(sesion, consulta, pagina, columnas=columnas, desc=False)


def reservas_por_id(sesion: Session, pendientes: Collection[UUID]) -> Sequence[Reserva]:
    """Those of these pending transfers that are reserves."""
    return sesion.exec(select(Reserva).where(col(Reserva.id).in_(pendientes))).all()


def estado_visible(reserva: Reserva, ahora: datetime) -> EstadoReserva:
    """One whose time is over is `vencida` at once, also before the sweep writes it down."""
    if reserva.estado == EstadoReserva.ABIERTA and reserva.vence_en <= ahora:
        return EstadoReserva.VENCIDA
    return EstadoReserva(reserva.estado)
