"""The purchases under way of an entity, or of who sells to it, that wants to close."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from feria_inversa.compra_de_catalogo.estados import TERMINADAS
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("feria_inversa.compras_de_catalogo")
def compras(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    vivas = (
        select(func.count())
        .select_from(CompraDeCatalogo)
        .where(col(CompraDeCatalogo.estado).not_in(TERMINADAS))
    )
    compra = sesion.exec(vivas.where(CompraDeCatalogo.unidad_id == unidad_id)).one()
    vende = sesion.exec(vivas.where(CompraDeCatalogo.vendedor_id == unidad_id)).one()
    mesa = f"/entidades/{unidad_id}/compras-de-catalogo"
    todas = (
        Obligacion(_("Termine las compras del catálogo."), mesa, compra),
        Obligacion(_("Termine lo que le compran las entidades públicas."), "/vender", vende),
    )
    return [o for o in todas if o.cuantas]
