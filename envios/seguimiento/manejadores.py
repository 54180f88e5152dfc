"""Notices to who receives and who sends, when something happens to an item.

The sender's unit learns what happened, never where the recipient was or why the door stayed shut: that is on
the shipment's page, for those entitled. The recipient is told to have the code ready, never the code itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from ciudadania import notificar
from empresa_digital.registro import Parte, notificar_unidad
from envios.eventos.modelos import EventoEnvio
from envios.items import destinatario_de, eventos, remitente_de
from envios.items.modelos import Envio
from envios.seguimiento.avisos import AVISO_ENVIO
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


@dataclass(frozen=True, slots=True)
class Aviso:
    """Subject and body; `%(numero)s` and `%(accion)s` are filled in."""

    asunto: str
    cuerpo: str


PARA_DESTINATARIO: dict[str, Aviso] = {
    eventos.ENVIO_ADMITIDO: Aviso(
        _l("El operador recibió su envío %(numero)s"),
        _l(
            "Su envío %(numero)s ya está en camino. En la página de seguimiento verá por dónde va "
            "y su código de entrega."
        ),
    ),
    eventos.ENVIO_EN_REPARTO: Aviso(
        _l("Su envío %(numero)s salió a reparto"),
        _l(
            "Tenga a mano el código de entrega que aparece en la página de seguimiento. "
            "Dígalo solo al recibir el paquete."
        ),
    ),
    eventos.ENVIO_LISTO_PARA_RETIRO: Aviso(
        _l("Puede retirar su envío %(numero)s"),
        _l(
            "Su envío está en la agencia. Lleve el código de entrega que aparece en la página de seguimiento."
        ),
    ),
    eventos.ENVIO_INTENTO_FALLIDO: Aviso(
        _l("No se pudo entregar su envío %(numero)s"),
        _l("Qué sigue: %(accion)s. En la página de seguimiento está el detalle."),
    ),
    eventos.ENVIO_EN_DEVOLUCION: Aviso(
        _l("Su envío %(numero)s vuelve al remitente"),
        _l(
            "El operador lo devuelve. En la página de seguimiento está el detalle; si no está de acuerdo, "
            "escriba al remitente."
        ),
    ),
    eventos.ENVIO_ENTREGADO: Aviso(
        _l("Su envío %(numero)s fue entregado"),
        _l("Se entregó con su código. Si usted no lo recibió, avise de inmediato."),
    ),
    eventos.ENVIO_ANULADO: Aviso(
        _l("Se anuló el envío %(numero)s"), _l("El remitente lo anuló antes de entregarlo al operador.")
    ),
}

PARA_REMITENTE: dict[str, Aviso] = {
    eventos.ENVIO_ADMITIDO: Aviso(
        _l("El operador recibió el envío %(numero)s"), _l("El paquete ya está en manos del operador.")
    ),
    eventos.ENVIO_EN_REPARTO: Aviso(
        _l("El envío %(numero)s salió a reparto"), _l("El operador lo lleva a su destino.")
    ),
    eventos.ENVIO_INTENTO_FALLIDO: Aviso(
        _l("No se pudo entregar el envío %(numero)s"), _l("Qué sigue: %(accion)s.")
    ),
    eventos.ENVIO_EN_DEVOLUCION: Aviso(
        _l("El envío %(numero)s vuelve a su unidad"),
        _l("El operador lo devuelve. Le avisaremos cuando llegue."),
    ),
    eventos.ENVIO_ENTREGADO: Aviso(
        _l("El envío %(numero)s fue entregado"), _l("Se entregó con el código de quien recibe.")
    ),
    eventos.ENVIO_DEVUELTO: Aviso(
        _l("El envío %(numero)s fue devuelto"),
        _l("El operador registró que lo entregó de vuelta a su unidad."),
    ),
}


def _accion_de(sesion: Session, evento: EventoRecibido) -> str:
    evento_id = evento.datos.get("evento_id")
    fila = sesion.get(EventoEnvio, UUID(evento_id)) if evento_id else None
    return (
        fila.accion_enum.texto if fila and fila.accion_enum else _("El operador decidirá el siguiente paso")
    )


def _avisar_destinatario(sesion: Session, evento: EventoRecibido) -> None:
    envio = sesion.get_one(Envio, evento.objeto_id)
    _avisar(sesion, envio, destinatario_de(sesion, envio), PARA_DESTINATARIO[evento.tipo], evento)


def _avisar_remitente(sesion: Session, evento: EventoRecibido) -> None:
    envio = sesion.get_one(Envio, evento.objeto_id)
    _avisar(sesion, envio, remitente_de(sesion, envio), PARA_REMITENTE[evento.tipo], evento)


def _avisar(sesion: Session, envio: Envio, parte: Parte, aviso: Aviso, evento: EventoRecibido) -> None:
    """To the mailbox of the person or the unit; a third person has none."""
    datos = {"numero": envio.numero, "accion": _accion_de(sesion, evento)}
    asunto, cuerpo = str(aviso.asunto) % datos, str(aviso.cuerpo) % datos
    enlace = f"/seguimiento/{envio.numero}"
    if parte.unidad_id is not None:
        notificar_unidad(sesion, parte.unidad_id, asunto, cuerpo, enlace, clase=AVISO_ENVIO)
    elif parte.persona_id is not None:
        notificar(
            sesion,
            persona_id=parte.persona_id,
            asunto=asunto,
            cuerpo=cuerpo,
            enlace=enlace,
            clase=AVISO_ENVIO,
        )


def _suscribir(
    avisos: dict[str, Aviso], consumidor: str, funcion: Callable[[Session, EventoRecibido], None]
) -> None:
    for tipo in avisos:
        al_ocurrir(tipo, consumidor=consumidor)(funcion)


_suscribir(PARA_DESTINATARIO, "envios.avisar_destinatario", _avisar_destinatario)
_suscribir(PARA_REMITENTE, "envios.avisar_remitente", _avisar_remitente)
