"""The lock of an offer: before those of products (`catalogo.bloqueos`), and one at a time."""

from uuid import UUID

from sqlmodel import Session

from comercio.sostenidas.errores import OfertaNoEncontrada
from comercio.sostenidas.modelos import Consentimiento, OfertaSostenida


def bloquear_oferta(sesion: Session, oferta_id: UUID) -> OfertaSostenida:
    """Locked and fresh. Raises `OfertaNoEncontrada`."""
    oferta = sesion.get(
        OfertaSostenida, oferta_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if oferta is None:
        raise OfertaNoEncontrada()
    return oferta


def bloquear_consentimiento(sesion: Session, vendedor_id: UUID) -> Consentimiento | None:
    """A seller's, locked and fresh, if they gave it."""
    return sesion.get(
        Consentimiento, vendedor_id, with_for_update={"key_share": True}, populate_existing=True
    )
