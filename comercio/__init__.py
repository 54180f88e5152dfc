"""Marketplace: catalogue, search, carts, purchases in escrow and orders."""

from comercio.buscar import Ficha, sugerir
from comercio.comprar import SolicitudCompra
from comercio.esquemas import Entrega, ProductoNuevo
from comercio.fachada import (
    PedidoHecho,
    cancelar,
    comprar,
    dar_conformidad,
    despachar,
    pedidos_de_compra,
    preparar,
)
from comercio.importar import ProductoImportado, importar_productos

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
