"""What a person has to hand in or to receive, in their panel; what they bought is told by the market."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from empresa_digital.registro import buscar_partes
from envios.items import EstadoEnvio
from envios.items.modelos import Envio
from nucleo.actor import Actor
from nucleo.panel import Accion, de_persona
from nucleo.textos import gettext as _

_TERMINADOS = [e for e in EstadoEnvio if e.es_terminal]


@de_persona("envios.mios")
def mios(sesion: Session, actor: Actor) -> list[Accion]:
    partes = buscar_partes(sesion, personas=[actor.persona_id] if actor.persona_id else [], unidades=[])
    if not partes:
        return []
    por_llevar = func.count().filter(
        col(Envio.remitente_parte_id).in_(partes), col(Envio.estado) == EstadoEnvio.ANUNCIADO
    )
    por_llegar = func.count().filter(
        col(Envio.destinatario_parte_id).in_(partes), col(Envio.referencia_tipo) != "pedido"
    )
    suyos = col(Envio.remitente_parte_id).in_(partes) | col(Envio.destinatario_parte_id).in_(partes)
    lleva, llegan = sesion.exec(
        select(por_llevar, por_llegar).where(suyos, col(Envio.estado).not_in(_TERMINADOS))
    ).one()
    acciones = []
    if lleva:
        texto = _("Imprima la etiqueta y llévelo a una agencia.")
        titulo = _("Entregar lo que anunció")
        acciones.append(Accion("/envios?ver=enviados", titulo, texto, "package-plus", lleva, True))
    if llegan:
        texto = _("Por dónde vienen, y cómo quiere recibirlos.")
        acciones.append(Accion("/envios", _("Recibir sus envíos"), texto, "truck", llegan))
    return acciones
