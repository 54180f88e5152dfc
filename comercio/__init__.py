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
from comercio.evidencias import BusquedaCongelada, congelada_de
from comercio.existencias import ProductoNoDisponible, SinExistencia
from comercio.fachada import (
    PedidoHecho,
    cancelar,
    comprar,
    comprar_con_tarjeta,
    dar_conformidad,
    dar_cupon,
    dar_por_conformes,
    declarar_formas,
    despachar,
    entregar_oferta,
    liberar_oferta,
    liberar_vencidas,
    ofertas_sostenidas,
    ofrecer_variantes,
    pedidos_de_compra,
    preparar,
    prestar,
    promover,
    tomar_vacaciones,
    usar_oferta,
)
from comercio.formas import Cobro, FormaDeEntrega
from comercio.promociones import CuponNuevo, PromocionNueva
from comercio.sostenidas import OfertaLeida, OfertaNoEncontrada, OfertaTerminada

__all__ = [
    "BusquedaCongelada",
    "CambioDePorte",
    "Cobro",
    "CuponNuevo",
    "Entrega",
    "Escalon",
    "Ficha",
    "FormaDeEntrega",
    "OfertaLeida",
    "OfertaNoEncontrada",
    "OfertaTerminada",
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
    "comprar_con_tarjeta",
    "congelada_de",
    "dar_conformidad",
    "dar_cupon",
    "dar_por_conformes",
    "declarar_formas",
    "despachar",
    "entregar_oferta",
    "importar_productos",
    "liberar_oferta",
    "liberar_vencidas",
    "ofertas_sostenidas",
    "ofrecer_variantes",
    "pedidos_de_compra",
    "preparar",
    "prestar",
    "promover",
    "sugerir",
    "tomar_vacaciones",
    "usar_oferta",
]
