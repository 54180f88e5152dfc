"""The reserves of a unit that wants to close: money of its own that is held, or held for it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _
from pagos.libro import cuentas_de_unidades
from pagos.reservas.estados import VIDA_RESERVA
from pagos.reservas.modelos import Reserva


@obligacion("pagos.reservas")
def reservas(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    cuentas = [c.id for c in cuentas_de_unidades(sesion, [unidad_id])]
    vivas = (
        select(func.count())
        .select_from(Reserva)
        .where(
            col(Reserva.estado).not_in(VIDA_RESERVA.fines),
            or_(col(Reserva.debito).in_(cuentas), col(Reserva.credito).in_(cuentas)),
        )
    )
    cuantas = sesion.exec(vivas).one()
    texto = _("Confirme o anule las reservas de dinero, o espere a que venzan.")
    return [Obligacion(texto, "/billetera/reservas", cuantas)] if cuantas else []
