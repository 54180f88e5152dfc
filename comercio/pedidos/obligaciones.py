"""The orders that a unit which wants to close has sold or bought and not finished."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.compra import ABIERTOS, comprado_por
from comercio.compra.modelos import Pedido
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("comercio")
def pedidos(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    vivos = select(func.count()).select_from(Pedido).where(col(Pedido.estado).in_(ABIERTOS))
    vende = sesion.exec(vivos.where(col(Pedido.vendedor_id) == unidad_id)).one()
    suyas = comprado_por(sesion, None, unidad_id)
    compra = sesion.exec(vivos.where(col(Pedido.comprador_parte_id).in_(suyas))).one()
    vendidos = _(
        "Despache los pedidos vendidos y espere a que se le paguen, o cancélelos y se devuelve su dinero."
    )
    comprados = _("Reciba lo que la unidad compró, o cancélelo: lo que se devuelva necesita su cuenta.")
    todas = (
        Obligacion(vendidos, "/vender", vende),
        Obligacion(comprados, f"/pedidos?unidad={unidad_id}", compra),
    )
    return [o for o in todas if o.cuantas]
