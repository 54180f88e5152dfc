"""The orders under way of a unit that wants to close."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from feria_inversa.contratos.estados import VIDA_ORDEN
from feria_inversa.contratos.modelos import OrdenDeCompra
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("feria_inversa.ordenes")
def ordenes(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    suyas = (
        or_(OrdenDeCompra.unidad_id == unidad_id, OrdenDeCompra.proveedor_id == unidad_id),
        col(OrdenDeCompra.estado).not_in(VIDA_ORDEN.fines),
    )
    cuantas = sesion.exec(select(func.count()).select_from(OrdenDeCompra).where(*suyas)).one()
    return [Obligacion(_("Termine sus órdenes de compra."), "/ordenes-de-compra", cuantas)] if cuantas else []
