"""Notices about what the recipient chose, about waits that end, and about returns that were announced."""

from datetime import date

from sqlmodel import Session

from empresa_digital.registro import Parte
from envios.entrega import eventos
from envios.entrega.avisos import AVISO_ENTREGA
from envios.items import avisar_a, destinatario_de, envio_por_id, remitente_de
from envios.items.modelos import Envio
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _


@al_ocurrir(eventos.ENVIO_ELEGIDO, consumidor="envios.avisar_eleccion")
def avisar_eleccion(sesion: Session, evento: EventoRecibido) -> None:
    """To who receives it: if it was not they who chose, they learn of it."""
    envio = envio_por_id(sesion, evento.objeto_id)
    _avisar(
        sesion,
        envio,
        destinatario_de(sesion, envio),
        _("Cambió cómo recibe el envío %(numero)s") % {"numero": envio.numero},
        _("El operador ya lo ve. Si no fue usted, cámbielo en la página del envío y pida otro código."),
    )


@al_ocurrir(eventos.ENVIO_ESPERA_POR_VENCER, consumidor="envios.avisar_fin_destinatario")
def avisar_fin_a_destinatario(sesion: Session, evento: EventoRecibido) -> None:
    envio, dia = envio_por_id(sesion, evento.objeto_id), _dia(evento)
    if envio.prorrogado_en is None:
        pida = _("Si necesita más tiempo, pídalo una vez en la página del envío.")
    else:
        pida = _("La espera ya se alargó una vez.")
    _avisar(
        sesion,
        envio,
        destinatario_de(sesion, envio),
        _("Su envío %(numero)s lo espera hasta el %(dia)s") % {"numero": envio.numero, "dia": dia},
        _("Después vuelve a quien lo envió. %(pida)s") % {"pida": pida},
    )


@al_ocurrir(eventos.ENVIO_ESPERA_POR_VENCER, consumidor="envios.avisar_fin_remitente")
def avisar_fin_a_remitente(sesion: Session, evento: EventoRecibido) -> None:
    envio, dia = envio_por_id(sesion, evento.objeto_id), _dia(evento)
    _avisar(
        sesion,
        envio,
        remitente_de(sesion, envio),
        _("Nadie retira el envío %(numero)s") % {"numero": envio.numero},
        _("Espera hasta el %(dia)s; si nadie lo retira, desde entonces vuelve a usted.") % {"dia": dia},
    )


@al_ocurrir(eventos.ENVIO_ESPERA_PRORROGADA, consumidor="envios.avisar_prorroga")
def avisar_prorroga(sesion: Session, evento: EventoRecibido) -> None:
    envio, dia = envio_por_id(sesion, evento.objeto_id), _dia(evento)
    _avisar(
        sesion,
        envio,
        remitente_de(sesion, envio),
        _("El envío %(numero)s espera más tiempo") % {"numero": envio.numero},
        _("Quien lo recibe pidió hasta el %(dia)s para retirarlo.") % {"dia": dia},
    )


@al_ocurrir(eventos.ENVIO_DEVOLUCION_ANUNCIADA, consumidor="envios.avisar_devolucion")
def avisar_devolucion(sesion: Session, evento: EventoRecibido) -> None:
    """To who sent the first one, and gets it back."""
    envio = envio_por_id(sesion, evento.objeto_id)
    assert envio.devolucion_de_id is not None
    primero = envio_por_id(sesion, envio.devolucion_de_id)
    _avisar(
        sesion,
        envio,
        destinatario_de(sesion, envio),
        _("Le devuelven el envío %(numero)s") % {"numero": primero.numero},
        _("Vuelve con el número %(numero)s. El porte lo paga quien lo devuelve.") % {"numero": envio.numero},
    )


def _dia(evento: EventoRecibido) -> str:
    return filtro_fecha(date.fromisoformat(str(evento.datos["hasta"])), "EEEE d 'de' MMMM")


def _avisar(sesion: Session, envio: Envio, parte: Parte, asunto: str, cuerpo: str) -> None:
    avisar_a(sesion, parte, asunto, cuerpo, f"/seguimiento/{envio.numero}", clase=AVISO_ENTREGA)
