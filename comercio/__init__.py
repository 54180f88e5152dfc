"""Marketplace: catalogue, search, carts, purchases in escrow and orders."""

from comercio.buscar import Ficha, sugerir
from comercio.comprar import SolicitudCompra
from comercio.esquemas import Entrega, ProductoNuevo
from comercio.fachada import PedidoHecho, cancelar, comprar, dar_conformidad, despachar, preparar
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
    "preparar",
    "sugerir",
]
