"""The sweeps of trust: what is due is asked of the database, and may be swept twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.confianza.denunciar import vencer_denuncia
from comercio.confianza.intervenir import vencer_intervencion
from comercio.confianza.modelos import Denuncia, Intervencion
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.vencer_denuncias", cada=900)
def vencer_denuncias() -> int:
    """Reports whose term ended: how many."""
    vencidas = (
        select(Denuncia.id)
        .where(col(Denuncia.vence_en) <= func.nucleo_ahora())
        .order_by(col(Denuncia.vence_en), col(Denuncia.id))
    )
    return cada_uno(pendientes(vencidas), vencer_denuncia)


@periodica("comercio.vencer_intervenciones", cada=900)
def vencer_intervenciones() -> int:
    """Takings off sale whose term to appeal, or to resolve, ended: how many."""
    vencidas = (
        select(Intervencion.id)
        .where(col(Intervencion.vence_en) <= func.nucleo_ahora())
        .order_by(col(Intervencion.vence_en), col(Intervencion.id))
    )
    return cada_uno(pendientes(vencidas), vencer_intervencion)
