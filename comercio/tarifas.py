"""Terms of the market, by the legal clock. Its commission is a rule of `pagos`."""

from datetime import datetime

from sqlmodel import Session

from nucleo.plazos import Computo, correr

DESPACHO = "comercio.despacho"
CARRITO_ANONIMO = "comercio.carrito_anonimo"


def plazo_de_despacho(sesion: Session, instante: datetime, municipio_ine: str | None) -> Computo:
    """How long the seller, of that municipality, has to dispatch an order paid at `instante`.

    Raises `LugarDesconocido`.
    """
    return correr(sesion, DESPACHO, instante, [municipio_ine])
