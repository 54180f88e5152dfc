"""The cart."""

from comercio.carrito.esquemas import LineaPedida
from comercio.carrito.formularios import LINEA_NUEVA, HojaDeLineaNueva
from comercio.carrito.llenar import (
    Titular,
    VistaCarrito,
    agregar,
    bloquear_carrito,
    fijar_cantidades,
    huella,
    poner_cupon,
    vaciar_de,
    ver_carrito,
)
from comercio.carrito.portes import CuentaDePortes, DelVendedor, PorteDeVendedor, cuenta_de_portes, de_bienes
from comercio.carrito.visitante import ajustar_galleta, titular_de, titular_o_nuevo
from comercio.carrito.web import pagina_del_carrito

__all__ = [
    "LINEA_NUEVA",
    "CuentaDePortes",
    "DelVendedor",
    "HojaDeLineaNueva",
    "LineaPedida",
    "PorteDeVendedor",
    "Titular",
    "VistaCarrito",
    "agregar",
    "ajustar_galleta",
    "bloquear_carrito",
    "cuenta_de_portes",
    "de_bienes",
    "fijar_cantidades",
    "huella",
    "pagina_del_carrito",
    "poner_cupon",
    "titular_de",
    "titular_o_nuevo",
    "vaciar_de",
    "ver_carrito",
]
