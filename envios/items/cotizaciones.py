"""A kept quote is of one item: whoever announces by it takes it."""

from uuid import UUID

from sqlmodel import Session, col, select

from envios.items.errores import CotizacionUsada
from envios.items.modelos import Envio
from envios.tarifas import CotizacionGuardada, cotizacion_de, cotizacion_vigente
from nucleo.actor import Actor
from nucleo.bloqueos import cerrojo
from nucleo.textos import gettext as _


def envio_de_cotizacion(sesion: Session, cotizacion_id: UUID) -> Envio | None:
    """The only one that was announced by it."""
    return sesion.exec(select(Envio).where(col(Envio.cotizacion_id) == cotizacion_id)).one_or_none()


def tomar_cotizacion(sesion: Session, actor: Actor, cotizacion_id: UUID) -> CotizacionGuardada:
    """A quote of the actor's that still holds, for an item about to be announced in this transaction.

    Raises `CotizacionInexistente`, `CotizacionVencida`, `CotizacionUsada`.
    """
    cotizacion_de(sesion, actor, cotizacion_id)
    cotizacion = cotizacion_vigente(sesion, cotizacion_id)
    cerrojo(sesion, f"cotización {cotizacion_id}")
    if envio_de_cotizacion(sesion, cotizacion_id) is not None:
        raise CotizacionUsada(_("Pida otra cotización para este envío."))
    return cotizacion
