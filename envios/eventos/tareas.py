"""What time alone does to items. Each function asks the database what is due and may run twice at once."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from envios.eventos.anular import anular_por_plazo, vencer_anulacion
from envios.eventos.aplicar import Historias
from envios.eventos.bloqueos import bloquear_para_anotar
from envios.eventos.estados import EstadoAnulacion, EstadoIncidencia
from envios.eventos.incidencias import OLVIDO, olvidar
from envios.eventos.modelos import AnulacionDeEnvio, IncidenciaDeEnvio
from envios.eventos.provisional import vencer_provisional
from envios.items import EstadoEnvio, terminos
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("envios.revisar", cada=600)
def revisar_vencidos() -> int:
    """Items without news, those that nobody brought, hand-overs that the other operator never confirmed."""
    consulta = (
        select(Envio.id).where(col(Envio.revisar_en) <= func.nucleo_ahora()).order_by(col(Envio.revisar_en))
    )
    return cada_uno(pendientes(consulta), revisar)


def revisar(sesion: Session, envio_id: UUID) -> bool:
    """Look at one item again as of now."""
    if vencer_provisional(sesion, envio_id):
        return True
    envio, instante = bloquear_para_anotar(sesion, envio_id), ahora_bd(sesion)
    por_traer = terminos(sesion, envio.creado_en).por_traer
    if envio.estado is EstadoEnvio.ANUNCIADO and envio.noticias_en + por_traer <= instante:
        anular_por_plazo(sesion, envio)
        return True
    historias = Historias(sesion, {envio.id: envio}, instante)
    historias.antes(envio)
    historias.aplicar([envio], Autorizacion.propia(Actor.sistema("revisión de envíos")))
    return True


@periodica("envios.vencer_anulaciones", cada=600)
def vencer_anulaciones() -> int:
    """The annulments that the operator did not answer in time."""
    consulta = (
        select(AnulacionDeEnvio.envio_id)
        .where(
            col(AnulacionDeEnvio.estado) == EstadoAnulacion.PEDIDA,
            col(AnulacionDeEnvio.vence_en) <= func.nucleo_ahora(),
        )
        .order_by(col(AnulacionDeEnvio.vence_en))
    )
    return cada_uno(pendientes(consulta), vencer_anulacion)


@periodica("envios.olvidar_incidencias", cada=86_400)
def olvidar_incidencias() -> int:
    """What did not fit, that nobody looked at, of items that nothing more was heard of."""
    limite = func.nucleo_ahora() - OLVIDO
    consulta = (
        select(IncidenciaDeEnvio.id)
        .join(Envio, col(Envio.id) == col(IncidenciaDeEnvio.envio_id))
        .where(
            col(IncidenciaDeEnvio.estado) == EstadoIncidencia.ABIERTA,
            col(IncidenciaDeEnvio.abierta_en) <= limite,
            col(Envio.noticias_en) <= limite,
        )
        .order_by(col(IncidenciaDeEnvio.abierta_en))
    )
    return cada_uno(pendientes(consulta), olvidar)
