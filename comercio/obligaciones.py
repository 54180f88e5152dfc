"""The orders that a unit which wants to close has sold and not finished."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.estados import EN_CUSTODIA
from comercio.modelos import Pedido
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("comercio")
def pedidos(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    vivos = (
        select(func.count())
        .select_from(Pedido)
        .where(col(Pedido.vendedor_id) == unidad_id, col(Pedido.estado).in_(EN_CUSTODIA))
    )
    cuantos = sesion.exec(vivos).one()
    texto = _(
        "Despache los pedidos vendidos y espere a que se entreguen, o cancélelos y se devuelve su dinero."
    )
    return [Obligacion(texto, "/vender", cuantos)] if cuantos else []
