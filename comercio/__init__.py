"""Marketplace: catalogue, search, carts, purchases in escrow and orders."""

from comercio.busqueda import Ficha, sugerir
from comercio.catalogo import (
    Escalon,
    ProductoImportado,
    ProductoNuevo,
    VarianteCambios,
    VarianteNueva,
    importar_productos,
)
from comercio.compra import CambioDePorte, Entrega, SolicitudCompra
from comercio.existencias import ProductoNoDisponible, SinExistencia
from comercio.fachada import (
    PedidoHecho,
    cancelar,
    comprar,
    dar_conformidad,
    dar_cupon,
    dar_por_conformes,
    declarar_formas,
    despachar,
    liberar_vencidas,
    ofrecer_variantes,
    pedidos_de_compra,
    preparar,
    prestar,
    promover,
    tomar_vacaciones,
)
from comercio.formas import Cobro, FormaDeEntrega
from comercio.promociones import CuponNuevo, PromocionNueva

__all__ = [
    "CambioDePorte",
    "Cobro",
    "CuponNuevo",
    "Entrega",
    "Escalon",
    "Ficha",
    "FormaDeEntrega",
    "PedidoHecho",
    "ProductoImportado",
    "ProductoNoDisponible",
    "ProductoNuevo",
    "PromocionNueva",
    "SinExistencia",
    "SolicitudCompra",
    "VarianteCambios",
    "VarianteNueva",
    "cancelar",
    "comprar",
    "dar_conformidad",
    "dar_cupon",
    "dar_por_conformes",
    "declarar_formas",
    "despachar",
    "importar_productos",
    "liberar_vencidas",
    "ofrecer_variantes",
    "pedidos_de_compra",
    "preparar",
    "prestar",
    "promover",
    "sugerir",
    "tomar_vacaciones",
]
