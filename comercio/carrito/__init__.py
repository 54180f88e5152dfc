"""The cart."""

from comercio.carrito.esquemas import LineaPedida
from comercio.carrito.formularios import LINEA_NUEVA, HojaDeLineaNueva
from comercio.carrito.llenar import (
    Titular,
    VistaCarrito,
    agregar,
    bloquear_carrito,
    fijar_cantidad,
    huella,
    poner_cupon,
    vaciar_de,
    ver_carrito,
)
from comercio.carrito.visitante import ajustar_galleta, titular_de, titular_o_nuevo
from comercio.carrito.web import pagina_del_carrito

__all__ = [
    "LINEA_NUEVA",
    "HojaDeLineaNueva",
    "LineaPedida",
    "Titular",
    "VistaCarrito",
    "agregar",
    "ajustar_galleta",
    "bloquear_carrito",
    "fijar_cantidad",
    "huella",
    "pagina_del_carrito",
    "poner_cupon",
    "titular_de",
    "titular_o_nuevo",
    "vaciar_de",
    "ver_carrito",
]
