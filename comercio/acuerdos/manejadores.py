"""Who is told of what is asked of an order."""

from uuid import UUID

from sqlmodel import Session

from comercio.acuerdos import eventos
from comercio.acuerdos.modelos import Acuerdo
from comercio.agenda import Lado
from comercio.compra.modelos import Pedido
from comercio.pedidos import AVISO_VENTA, avisar_comprador
from empresa_digital.registro import notificar_unidad
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _


def _decir(sesion: Session, pedido: Pedido, lado: str, asunto: str, cuerpo: str) -> None:
    enlace = f"/pedidos/{pedido.id}/acuerdos"
    if lado == Lado.COMPRADOR:
        avisar_comprador(sesion, pedido, asunto, cuerpo, enlace)
    else:
        notificar_unidad(sesion, pedido.vendedor_id, asunto, cuerpo, enlace, clase=AVISO_VENTA)


def _hallar(sesion: Session, evento: EventoRecibido) -> tuple[Pedido, Acuerdo]:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    return pedido, sesion.get_one(Acuerdo, UUID(str(evento.datos["acuerdo_id"])))


@al_ocurrir(eventos.ACUERDO_PROPUESTO, consumidor="comercio.avisar_acuerdo")
def avisar_lo_pedido(sesion: Session, evento: EventoRecibido) -> None:
    pedido, acuerdo = _hallar(sesion, evento)
    asunto = _("Le piden cambiar el pedido %(numero)s") % {"numero": pedido.numero}
    cuerpo = _("«%(motivo)s» Responda hasta el %(cuando)s; si no, queda como estaba.") % {
        "motivo": acuerdo.motivo,
        "cuando": filtro_fecha_hora(acuerdo.responder_hasta),
    }
    otro = Lado.COMPRADOR if acuerdo.propuso == Lado.VENDEDOR else Lado.VENDEDOR
    _decir(sesion, pedido, otro, asunto, cuerpo)


@al_ocurrir(eventos.ACUERDO_ACEPTADO, consumidor="comercio.avisar_acuerdo")
def avisar_aceptado(sesion: Session, evento: EventoRecibido) -> None:
    pedido, acuerdo = _hallar(sesion, evento)
    asunto = _("Aceptaron lo que pidió del pedido %(numero)s") % {"numero": pedido.numero}
    _decir(sesion, pedido, acuerdo.propuso, asunto, _("Ya está cambiado: mírelo en el pedido."))


@al_ocurrir(eventos.ACUERDO_NO_ACEPTADO, consumidor="comercio.avisar_acuerdo")
def avisar_no_aceptado(sesion: Session, evento: EventoRecibido) -> None:
    pedido, acuerdo = _hallar(sesion, evento)
    asunto = _("El pedido %(numero)s queda como estaba") % {"numero": pedido.numero}
    _decir(sesion, pedido, acuerdo.propuso, asunto, _("No aceptaron el cambio, o nadie respondió a tiempo."))
