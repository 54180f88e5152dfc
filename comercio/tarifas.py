"""Terms of the market, by the legal clock. Its commission is a rule of `pagos`."""

from datetime import datetime

from sqlmodel import Session

from comercio.estados import POR_DESPACHAR
from comercio.modelos import Pedido
from empresa_digital.registro import unidad_por_id
from nucleo.plazos import Computo, correr

DESPACHO = "comercio.despacho"
CARRITO_ANONIMO = "comercio.carrito_anonimo"


def plazo_de_despacho(sesion: Session, instante: datetime, municipio_ine: str | None) -> Computo:
    """How long the seller, of that municipality, has to dispatch an order paid at `instante`.

    Raises `LugarDesconocido`.
    """
    return correr(sesion, DESPACHO, instante, [municipio_ine])


def cuenta_del_despacho(sesion: Session, pedido: Pedido) -> Computo | None:
    """How the end of a running term came about; None when it was counted otherwise (the seller has moved
    since): the date of the order is the one that holds.
    """
    if pedido.estado not in POR_DESPACHAR:
        return None
    lugar = unidad_por_id(sesion, pedido.vendedor_id).municipio_ine
    computo = plazo_de_despacho(sesion, pedido.creado_en, lugar)
    return computo if computo.vence_en == pedido.despachar_hasta else None
