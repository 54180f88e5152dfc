"""What a unit that wants to close has asked others to pay."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _
from pagos.cobros.estados import ABIERTOS
from pagos.cobros.modelos import Orden


@obligacion("pagos.cobros")
def ordenes(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    vivas = (
        select(func.count())
        .select_from(Orden)
        .where(col(Orden.unidad_id) == unidad_id, col(Orden.estado).in_(ABIERTOS))
    )
    cuantas = sesion.exec(vivas).one()
    texto = _("Espere o anule las órdenes de cobro que no se pagaron.")
    return [Obligacion(texto, "/cobros", cuantas)] if cuantas else []
