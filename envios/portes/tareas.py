"""What time alone does to postage: silence refuses what costs more; the refused is tried again."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from envios.items import EstadoEnvio, bloquear_envio
from envios.items.modelos import Envio
from envios.portes.estados import EstadoExcedente, EstadoPorte
from envios.portes.excedentes import vencer_excedente
from envios.portes.liquidar import saldar
from envios.portes.modelos import Excedente, Porte
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("envios.vencer_excedentes", cada=600)
def vencer_excedentes() -> int:
    """Those that nobody answered in time."""
    consulta = (
        select(Porte.envio_id)
        .join(Excedente, col(Excedente.porte_id) == col(Porte.id))
        .where(
            col(Excedente.estado) == EstadoExcedente.POR_CONSENTIR,
            col(Excedente.vence_en) <= func.nucleo_ahora(),
        )
        .order_by(col(Excedente.vence_en))
    )
    return cada_uno(pendientes(consulta), vencer_excedente)


@periodica("envios.saldar_portes", cada=600)
def saldar_pendientes() -> int:
    """What is still held of items received or annulled: the ledger refused it then (a closed account)."""
    consulta = (
        select(Porte.envio_id)
        .join(Envio, col(Envio.id) == col(Porte.envio_id))
        .where(
            col(Porte.estado) == EstadoPorte.RETENIDO,
            or_(col(Envio.admitido_en).is_not(None), col(Envio.estado) == EstadoEnvio.ANULADO),
        )
        .order_by(col(Porte.id))
    )
    return cada_uno(pendientes(consulta), saldar_uno)


def saldar_uno(sesion: Session, envio_id: UUID) -> bool:
    return bool(saldar(sesion, [bloquear_envio(sesion, envio_id)]))
