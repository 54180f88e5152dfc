"""The batches of a unit that wants to close."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _
from pagos.planillas.estados import VIDA_PLANILLA
from pagos.planillas.modelos import Planilla


@obligacion("pagos.planillas")
def planillas(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    vivas = (
        select(func.count())
        .select_from(Planilla)
        .where(col(Planilla.unidad_id) == unidad_id, col(Planilla.estado).not_in(VIDA_PLANILLA.fines))
    )
    cuantas = sesion.exec(vivas).one()
    texto = _("Pague o anule las planillas preparadas.")
    return [Obligacion(texto, "/billetera/planillas", cuantas)] if cuantas else []
