"""Who is told of what happens to an appointment."""

from uuid import UUID

from sqlmodel import Session

from comercio.agenda import Lado
from comercio.agenda.modelos import Cita
from comercio.citas import eventos
from comercio.compra.modelos import Pedido
from comercio.pedidos import AVISO_VENTA, avisar_comprador
from empresa_digital.registro import notificar_unidad
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora
from nucleo.textos import gettext as _


def _hallar(sesion: Session, evento: EventoRecibido) -> tuple[Pedido, Cita, dict[str, str]]:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    cita = sesion.get_one(Cita, UUID(str(evento.datos["cita_id"])))
    palabras = {
        "numero": pedido.numero,
        "vendedor": pedido.vendedor_nombre,
        "cuando": filtro_fecha_hora(cita.inicio),
        "dia": filtro_fecha(pedido.despachar_hasta),
    }
    return pedido, cita, palabras


def _al_vendedor(sesion: Session, pedido: Pedido, asunto: str, cuerpo: str) -> None:
    notificar_unidad(
        sesion, pedido.vendedor_id, asunto, cuerpo, f"/pedidos/{pedido.id}/cita", clase=AVISO_VENTA
    )


def _al_comprador(sesion: Session, pedido: Pedido, asunto: str, cuerpo: str) -> None:
    avisar_comprador(sesion, pedido, asunto, cuerpo, f"/pedidos/{pedido.id}/cita")


@al_ocurrir(eventos.CITA_FIJADA, consumidor="comercio.avisar_cita")
def avisar_fijada(sesion: Session, evento: EventoRecibido) -> None:
    pedido, _cita, p = _hallar(sesion, evento)
    asunto = _("Cita del pedido %(numero)s: %(cuando)s") % p
    texto = _("Atienda a quien compró, y declare que lo hizo hasta el %(dia)s.") % p
    _al_vendedor(sesion, pedido, asunto, texto)
    texto = _("%(vendedor)s lo espera. Si no va y no avisa, se le puede cobrar.") % p
    _al_comprador(sesion, pedido, asunto, texto)


@al_ocurrir(eventos.CITA_PROPUESTA, consumidor="comercio.avisar_cita")
def avisar_propuesta(sesion: Session, evento: EventoRecibido) -> None:
    pedido, cita, p = _hallar(sesion, evento)
    asunto = _("Le piden mover la cita del pedido %(numero)s") % p
    cuerpo = _("A esta hora: %(cuando)s. Responda en la página de la cita; si no, queda como estaba.") % p
    decir = _al_comprador if cita.propuso == Lado.VENDEDOR else _al_vendedor
    decir(sesion, pedido, asunto, cuerpo)


@al_ocurrir(eventos.CITA_MOVIDA, consumidor="comercio.avisar_cita")
def avisar_movida(sesion: Session, evento: EventoRecibido) -> None:
    pedido, _cita, p = _hallar(sesion, evento)
    asunto = _("La cita del pedido %(numero)s se movió: %(cuando)s") % p
    for decir in (_al_comprador, _al_vendedor):
        decir(sesion, pedido, asunto, _("Las dos partes estuvieron de acuerdo."))


@al_ocurrir(eventos.CITA_NO_MOVIDA, consumidor="comercio.avisar_cita")
def avisar_que_queda(sesion: Session, evento: EventoRecibido) -> None:
    pedido, cita, p = _hallar(sesion, evento)
    asunto = _("La cita del pedido %(numero)s queda como estaba") % p
    decir = _al_comprador if cita.propuso == Lado.COMPRADOR else _al_vendedor
    decir(sesion, pedido, asunto, _("No se movió a esta hora: %(cuando)s.") % p)


@al_ocurrir(eventos.CITA_SIN_VENDEDOR, consumidor="comercio.avisar_cita")
def avisar_sin_vendedor(sesion: Session, evento: EventoRecibido) -> None:
    pedido, _cita, p = _hallar(sesion, evento)
    asunto = _("Pedido %(numero)s: dicen que no atendió la cita") % p
    cuerpo = _("Si la atendió, declare el servicio hasta el %(dia)s. Si no dice nada, el dinero vuelve.") % p
    _al_vendedor(sesion, pedido, asunto, cuerpo)


@al_ocurrir(eventos.CITA_SIN_COMPRADOR, consumidor="comercio.avisar_cita")
def avisar_sin_comprador(sesion: Session, evento: EventoRecibido) -> None:
    pedido, _cita, p = _hallar(sesion, evento)
    asunto = _("Pedido %(numero)s: dicen que no vino a su cita") % p
    cuerpo = _("Si no es así, abra un reclamo en el pedido. Si no dice nada, se paga a quien vende.")
    _al_comprador(sesion, pedido, asunto, cuerpo)
