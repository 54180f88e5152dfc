"""Who is told of a gift: who receives it, when it leaves; who bought it, when it came."""

from sqlmodel import Session

from ciudadania import clase, notificar
from comercio.compra.modelos import Pedido
from comercio.pedidos import avisar_comprador
from comercio.pedidos import eventos as de_pedidos
from comercio.regalos import eventos
from comercio.regalos.seguir import persona_de, regalo_de
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

AVISO_REGALO = clase("comercio.regalo", _l("Regalos"), _l("%(n)s novedades de sus regalos"), icono="gift")


@al_ocurrir(de_pedidos.PAQUETE_DESPACHADO, consumidor="comercio.avisar_regalo")
def avisar_que_viene(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    regalo = regalo_de(sesion, pedido.compra_id)
    if regalo is None:
        return
    notificar(
        sesion,
        persona_id=persona_de(sesion, regalo),
        asunto=_("Le envían un regalo"),
        cuerpo=_("Mire por dónde viene y el código con el que se lo entregan."),
        enlace="/regalos",
        clase=AVISO_REGALO,
    )


@al_ocurrir(eventos.REGALO_RECIBIDO, consumidor="comercio.avisar_regalo")
def avisar_que_llego(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    asunto = _("Su regalo del pedido %(numero)s llegó") % {"numero": pedido.numero}
    cuerpo = _("Lo dice quien lo recibe. Si algo está mal, usted puede reclamar como siempre.")
    avisar_comprador(sesion, pedido, asunto, cuerpo, f"/pedidos/{pedido.id}")
