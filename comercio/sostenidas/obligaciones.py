"""The offers held that keep a unit from closing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from comercio.sostenidas.estados import EstadoOferta
from comercio.sostenidas.modelos import OfertaSostenida
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("comercio.sostenidas")
def sostenidas(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    suyas = or_(col(OfertaSostenida.vendedor_id) == unidad_id, col(OfertaSostenida.entidad_id) == unidad_id)
    vivas = select(func.count()).where(suyas, OfertaSostenida.estado == EstadoOferta.SOSTENIDA)
    cuantas = sesion.exec(vivas).one()
    texto = _("Espere a que terminen las ofertas sostenidas, o a que se compre con ellas.")
    return [Obligacion(texto, f"/vender/ofertas-sostenidas?unidad={unidad_id}", cuantas)] if cuantas else []
