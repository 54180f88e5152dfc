"""Marketplace: catalogue, search, carts, purchases in escrow and orders."""

from comercio.buscar import Ficha, Filtros, Resultado, buscar_productos, sugerir
from comercio.comprar import SolicitudCompra, comprar
from comercio.consultas_pedidos import pedidos_del_comprador, resumen_vendedor
from comercio.estados import EstadoPedido, EstadoProducto

__all__ = [
    "EstadoPedido",
    "EstadoProducto",
    "Ficha",
    "Filtros",
    "Resultado",
    "SolicitudCompra",
    "buscar_productos",
    "comprar",
    "pedidos_del_comprador",
    "resumen_vendedor",
    "sugerir",
]
