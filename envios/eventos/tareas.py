"""What time alone does to items. Each function asks the database what is due and may run twice at once."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from envios.eventos.anular import anular_por_plazo, vencer_anulacion
from envios.eventos.aplicar import Historias
from envios.eventos.estados import EstadoAnulacion
from envios.eventos.modelos import AnulacionDeEnvio
from envios.items import SIN_NOTICIAS, EstadoEnvio, bloquear_envio
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica

LOTE = 200


@periodica("envios.revisar", cada=600)
def revisar_vencidos() -> int:
    """Items without news, those that nobody brought, hand-overs that the other operator never confirmed."""
    with transaccion() as sesion:
        consulta = (
            select(Envio.id)
            .where(col(Envio.revisar_en) <= func.nucleo_ahora())
            .order_by(col(Envio.revisar_en))
            .limit(LOTE)
        )
        vencidos = list(sesion.exec(consulta))
    for envio_id in vencidos:
        with transaccion() as sesion:
            revisar(sesion, envio_id)
    return len(vencidos)


def revisar(sesion: Session, envio_id: UUID) -> None:
    """Look at one item again as of now."""
    envio, instante = bloquear_envio(sesion, envio_id), ahora_bd(sesion)
    if envio.estado is EstadoEnvio.ANUNCIADO and envio.noticias_en + SIN_NOTICIAS <= instante:
        anular_por_plazo(sesion, envio)
        return
    historias = Historias(sesion, {envio.id: envio}, instante)
    historias.antes(envio)
    historias.aplicar(envio, Autorizacion.propia(Actor.sistema("revisión de envíos")))


@periodica("envios.vencer_anulaciones", cada=600)
def vencer_anulaciones() -> int:
    """The annulments that the operator did not answer in time."""
    with transaccion() as sesion:
        consulta = (
            select(AnulacionDeEnvio.envio_id)
            .where(
                col(AnulacionDeEnvio.estado) == EstadoAnulacion.PEDIDA,
                col(AnulacionDeEnvio.vence_en) <= func.nucleo_ahora(),
            )
            .order_by(col(AnulacionDeEnvio.vence_en))
            .limit(LOTE)
        )
        vencidas = list(sesion.exec(consulta))
    hechas = 0
    for envio_id in vencidas:
        with transaccion() as sesion:
            hechas += vencer_anulacion(sesion, envio_id)
    return hechas
