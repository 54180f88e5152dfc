"""The sweep of claims: what is due is asked of the database, and may be swept twice at once."""

from sqlalchemy import func
from sqlmodel import col, or_, select

from comercio.custodia import VIVA
from comercio.custodia.modelos import Custodia
from comercio.reclamos.modelos import Reclamo
from comercio.reclamos.reclamar import vencer
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.vencer_reclamos", cada=300)
def vencer_reclamos() -> int:
    """Claims whose term ended, or whose order did: how many took a step."""
    vencidos = (
        select(Reclamo.id)
        .join(Custodia, col(Custodia.pedido_id) == col(Reclamo.pedido_id))
        .where(
            col(Reclamo.vence_en).is_not(None),
            or_(col(Reclamo.vence_en) <= func.nucleo_ahora(), col(Custodia.estado).not_in(VIVA)),
        )
        .order_by(col(Reclamo.vence_en), col(Reclamo.id))
    )
    return cada_uno(pendientes(vencidos), vencer)
