"""How what is held for an entity may be received, and what that costs: asked before it is ordered."""

import math
from collections.abc import Sequence

from moneyed import Money
from sqlmodel import Session

from comercio.carrito import DelVendedor, de_bienes
from comercio.catalogo import opciones_por_id
from comercio.formas import FormaDeEntrega, PorLlevar, formas_de, portes
from comercio.sostenidas import OfertaLeida
from nucleo.dinero import cero, redondear
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _


def formas_de_oferta(sesion: Session, oferta: OfertaLeida) -> Sequence[FormaDeEntrega]:
    """The ways in which its seller hands it over; none of a service."""
    if _bienes(sesion, oferta) is None:
        return []
    return [f.forma for f in formas_de(sesion, [oferta.vendedor_id])[oferta.vendedor_id]]


def porte_de_oferta(
    sesion: Session, oferta: OfertaLeida, forma: FormaDeEntrega | None, municipio_ine: str
) -> Money:
    """What is paid for getting it to a municipality in that way. Raises `DatosInvalidos`."""
    bienes = _bienes(sesion, oferta)
    if bienes is None:
        return cero()
    suyas = {f.forma: f for f in formas_de(sesion, [oferta.vendedor_id])[oferta.vendedor_id]}
    if forma not in suyas:
        dice = _("Elija cómo se recibe, de lo que ofrece quien vende.")
        raise DatosInvalidos(dice, campos={"forma": dice})
    envio = PorLlevar(suyas[forma], municipio_ine, math.ceil(bienes.peso_g), bienes.bienes)
    (porte,) = portes(sesion, [envio])
    if porte is None:
        dice = _("Nadie lo lleva a ese municipio así: elija otra forma u otro lugar.")
        raise DatosInvalidos(dice, campos={"forma": dice})
    return porte.monto


def importe_de_hoy(sesion: Session, oferta: OfertaLeida) -> Money:
    """What it comes to if it is ordered now: as it is held, or what it costs today if that is less."""
    opcion = opciones_por_id(sesion, [oferta.variante_id])[oferta.variante_id]
    if not opcion.a_la_venta:
        return oferta.importe
    return redondear(min(oferta.precio, opcion.rebajado_de(oferta.cantidad)).amount * oferta.cantidad)


def _bienes(sesion: Session, oferta: OfertaLeida) -> DelVendedor | None:
    """What it weighs and costs if it is ordered now, which says whether its postage is free; None of a
    service."""
    opcion = opciones_por_id(sesion, [oferta.variante_id])[oferta.variante_id]
    return de_bienes([(opcion, oferta.cantidad, importe_de_hoy(sesion, oferta))]).get(oferta.vendedor_id)
