"""The claims of a unit that wants to close: those against it that are not decided."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from envios.reclamos.estados import SIN_DECIDIR
from envios.reclamos.modelos import Reclamo
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("envios.reclamos")
def reclamos(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    contra_ella = (
        col(Reclamo.operador_unidad_id) == unidad_id,
        col(Reclamo.estado).in_([e.value for e in SIN_DECIDIR]),
    )
    cuantos = sesion.exec(select(func.count()).select_from(Reclamo).where(*contra_ella)).one()
    texto = _("Responda los reclamos, o espere a que se decidan.")
    return [Obligacion(texto, f"/envios/operador/reclamos?unidad={unidad_id}", cuantos)] if cuantos else []
