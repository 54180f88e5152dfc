"""Who is told of a review: who sells, of each; who wrote it, of its answer; both, when it is moderated."""

from uuid import UUID

from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.opiniones import eventos
from comercio.opiniones.consultas import moderaciones_de, opinion_por_id
from comercio.pedidos import AVISO_VENTA, avisar_comprador
from empresa_digital.registro import notificar_unidad
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _


@al_ocurrir(eventos.OPINION_PUBLICADA, consumidor="comercio.avisar_opinion")
def avisar_al_vendedor(sesion: Session, evento: EventoRecibido) -> None:
    opinion = opinion_por_id(sesion, evento.objeto_id)
    asunto = _("Opinión con %(n)s de 5 estrellas") % {"n": opinion.estrellas}
    enlace = f"/vender/opiniones?unidad={opinion.vendedor_id}"
    notificar_unidad(sesion, opinion.vendedor_id, asunto, opinion.texto[:300], enlace, clase=AVISO_VENTA)


@al_ocurrir(eventos.OPINION_RESPONDIDA, consumidor="comercio.avisar_respuesta_de_opinion")
def avisar_al_autor(sesion: Session, evento: EventoRecibido) -> None:
    opinion = opinion_por_id(sesion, evento.objeto_id)
    pedido = sesion.get_one(Pedido, UUID(str(evento.datos["pedido_id"])))
    asunto = _("%(quien)s respondió su opinión") % {"quien": pedido.vendedor_nombre}
    avisar_comprador(sesion, pedido, asunto, (opinion.respuesta or "")[:300], _suyas(pedido))


@al_ocurrir(eventos.OPINION_MODERADA, consumidor="comercio.avisar_moderacion_de_opinion")
def avisar_a_los_dos(sesion: Session, evento: EventoRecibido) -> None:
    decision = moderaciones_de(sesion, evento.objeto_id)[0]
    pedido = sesion.get_one(Pedido, UUID(str(evento.datos["pedido_id"])))
    asunto = (
        _("La autoridad ocultó una opinión") if decision.oculta else _("La autoridad restituyó una opinión")
    )
    avisar_comprador(sesion, pedido, asunto, decision.motivo, _suyas(pedido))
    enlace = f"/vender/opiniones?unidad={pedido.vendedor_id}&ver=todas"
    notificar_unidad(sesion, pedido.vendedor_id, asunto, decision.motivo, enlace, clase=AVISO_VENTA)


def _suyas(pedido: Pedido) -> str:
    return f"/pedidos/{pedido.id}/opiniones"
