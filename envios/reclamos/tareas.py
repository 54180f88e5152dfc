"""The sweep of claims: what is due is asked of the database, and may be swept twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from envios.reclamos.modelos import Reclamo
from envios.reclamos.vencer import vencer
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("envios.vencer_reclamos", cada=600)
def vencer_reclamos() -> int:
    """Claims whose term ended: how many took a step."""
    vencidos = (
        select(Reclamo.id)
        .where(col(Reclamo.vence_en) < func.nucleo_ahora())
        .order_by(col(Reclamo.vence_en), col(Reclamo.id))
    )
    return cada_uno(pendientes(vencidos), vencer)
