"""Marketplace: catalogue, search, carts, purchases in escrow and orders."""

from comercio.buscar import Ficha, sugerir
from comercio.comprar import PedidoHecho, SolicitudCompra, comprar, pedidos_de_compra
from comercio.esquemas import Entrega, ProductoNuevo
from comercio.importar import ProductoImportado, importar_productos
from comercio.pedidos import cancelar, dar_conformidad, despachar, preparar

__all__ = [
    "Entrega",
    "Ficha",
    "PedidoHecho",
    "ProductoImportado",
    "ProductoNuevo",
    "SolicitudCompra",
    "cancelar",
    "comprar",
    "dar_conformidad",
    "despachar",
    "importar_productos",
    "pedidos_de_compra",
    "preparar",
    "sugerir",
]
