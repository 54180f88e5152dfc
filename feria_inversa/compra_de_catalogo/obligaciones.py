"""The purchases under way of an entity, or of who sells to it, that wants to close."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from feria_inversa.compra_de_catalogo.estados import TERMINADAS
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("feria_inversa.compras_de_catalogo")
def compras(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    suyas = (
        or_(col(CompraDeCatalogo.unidad_id) == unidad_id, col(CompraDeCatalogo.vendedor_id) == unidad_id),
        col(CompraDeCatalogo.estado).not_in(TERMINADAS),
    )
    cuantas = sesion.exec(select(func.count()).select_from(CompraDeCatalogo).where(*suyas)).one()
    return (
        [Obligacion(_("Termine las compras del catálogo."), "/compras-de-catalogo", cuantas)]
        if cuantas
        else []
    )
