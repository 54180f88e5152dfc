"""Pay from an account the postage that was left for the counter: who sends does it, on their telephone."""

from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import Facultad
from envios.admision.errores import NadaQuePagar, PrecioDistinto
from envios.admision.precio import sostener, total_por_pagar
from envios.items import (
    ENVIAN,
    EnvioNoEncontrado,
    bloquear_envio,
    envio_por_id,
    es_de,
    remitente_de,
)
from envios.items.modelos import Envio
from envios.portes import EstadoPorte, PorteDeItem, porte_de, retener
from nucleo.actor import Actor
from nucleo.dinero import formato_bs
from nucleo.textos import gettext as _


def direccion_de_pago(envio_id: UUID) -> str:
    """Where who sends a parcel that is on the scale pays it: the counter goes on, they take it nowhere."""
    return f"/envios/{envio_id}/pagar?ventanilla=1"


def envio_por_pagar(sesion: Session, actor: Actor, envio_id: UUID) -> Envio:
    """The shipment, for who sends it, or pays for the unit that does. Raises `EnvioNoEncontrado`."""
    envio = envio_por_id(sesion, envio_id)
    if not es_de(sesion, actor, remitente_de(sesion, envio), (*ENVIAN, Facultad.PAGAR)):
        raise EnvioNoEncontrado()
    return envio


def falta_pagar(sesion: Session, envio: Envio) -> Money | None:
    """What an item that nobody received yet costs and nobody paid; None when there is nothing to pay here."""
    if envio.estado.es_terminal or envio.admitido_en is not None or envio.cotizacion_id is None:
        return None
    return total_por_pagar(sesion, envio) if porte_de(sesion, envio.id) is None else None


def pagar_franqueo(
    sesion: Session, actor: Actor, envio_id: UUID, cuenta_id: int, *, visto: Money
) -> PorteDeItem:
    """Hold the postage of an announced item, from an account of the actor's, until it is received; a quote
    that no longer holds is made again at today's rates. `visto` is what the actor was shown. Twice is once.

    Raises `EnvioNoEncontrado`, `NadaQuePagar` (received, ended, paid in cash, or agreed on elsewhere),
    `PrecioDistinto`, `SinOferta`, and what `portes.retener` raises of the account.
    """
    envio_por_pagar(sesion, actor, envio_id)
    envio = bloquear_envio(sesion, envio_id)
    porte = porte_de(sesion, envio_id)
    if porte is not None and porte.estado is EstadoPorte.RETENIDO:
        return porte
    total = falta_pagar(sesion, envio)
    if total is None:
        raise NadaQuePagar(_("Ya se pagó, o ya no espera un pago: mire cómo va en su seguimiento."))
    if total != visto:
        raise PrecioDistinto(
            _("Ahora cuesta %(total)s: revíselo antes de pagar.") % {"total": formato_bs(total)}
        )
    cotizacion = sostener(sesion, actor, envio)
    return retener(sesion, actor, envio, cotizacion_id=cotizacion.id, cuenta_id=cuenta_id)
