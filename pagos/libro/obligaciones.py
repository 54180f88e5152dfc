"""The money of a unit that wants to close: what is in its accounts, and what is held on the way in or out."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from nucleo.dinero import bs
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _
from pagos.libro.cuentas import cuentas_de_unidades
from pagos.libro.estados import EstadoPendiente
from pagos.libro.modelos import Pendiente


@obligacion("pagos.libro")
def dinero(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    cuentas = cuentas_de_unidades(sesion, [unidad_id])
    vivas: list[Obligacion] = []
    for cuenta in cuentas:
        if cuenta.disponible > bs(0):
            texto = _("Retire o envíe el dinero de su cuenta.")
            vivas.append(Obligacion(texto, f"/billetera?cuenta={cuenta.id}", 1, cuenta.disponible))
    ids = [c.id for c in cuentas]
    abiertas = (
        select(func.count())
        .select_from(Pendiente)
        .where(
            col(Pendiente.estado) == EstadoPendiente.ABIERTA,
            or_(col(Pendiente.debito).in_(ids), col(Pendiente.credito).in_(ids)),
        )
    )
    if cuantas := sesion.exec(abiertas).one():
        vivas.append(Obligacion(_("Espere a que terminen los pagos en curso."), "/billetera", cuantas))
    return vivas
