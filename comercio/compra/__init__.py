"""The purchase: one transaction over several sellers, and the orders it makes."""

from comercio.compra import abiertos as abiertos  # it registers what is published
from comercio.compra.api import lo_que_pide
from comercio.compra.consultas import compra_de
from comercio.compra.contacto import Contacto, contacto_de, sin_contacto, vencio_el_contacto
from comercio.compra.contra_entrega import quienes_cobran
from comercio.compra.descontar import devolver_cupon
from comercio.compra.errores import CambioDePorte, CompraPropia, CompraRepetida, PedidoNoEncontrado
from comercio.compra.esquemas import (
    CompraNueva,
    CompromisoDeCompra,
    Factura,
    PedidoBreve,
    Regalo,
    SolicitudCompra,
    Sostenido,
)
from comercio.compra.estados import (
    ABIERTOS,
    POR_DESPACHAR,
    POR_EMPEZAR,
    SIN_PAGO,
    TONOS,
    VIDA_PEDIDO,
    VIDA_SERVICIO,
    ClaseDeCargo,
    EstadoPedido,
    EstadoServicio,
    Paga,
    Quien,
    Recibe,
    nombre_estado,
)
from comercio.compra.exigir import exigir_que_no_venda, representa_a
from comercio.compra.formularios import HojaDeCompra
from comercio.compra.hacer import comprar, datos_de, pedidos_de
from comercio.compra.plazos import plazo_de_despacho
from comercio.compra.presentar import pedido_breve, vendedor_de
from comercio.compra.quien import comprado_por, exigir_que_baste_solo, lo_suyo, unidades_que_compran
from comercio.compra.web import guardar_adonde_va, lo_pedido, no_se_compro
from comercio.direcciones import Entrega, EntregaPedida

__all__ = [
    "ABIERTOS",
    "POR_DESPACHAR",
    "POR_EMPEZAR",
    "SIN_PAGO",
    "TONOS",
    "VIDA_PEDIDO",
    "VIDA_SERVICIO",
    "CambioDePorte",
    "ClaseDeCargo",
    "CompraNueva",
    "CompraPropia",
    "CompraRepetida",
    "CompromisoDeCompra",
    "Contacto",
    "Entrega",
    "EntregaPedida",
    "EstadoPedido",
    "EstadoServicio",
    "Factura",
    "HojaDeCompra",
    "Paga",
    "PedidoBreve",
    "PedidoNoEncontrado",
    "Quien",
    "Recibe",
    "Regalo",
    "SolicitudCompra",
    "Sostenido",
    "compra_de",
    "comprado_por",
    "comprar",
    "contacto_de",
    "datos_de",
    "devolver_cupon",
    "exigir_que_baste_solo",
    "exigir_que_no_venda",
    "guardar_adonde_va",
    "lo_pedido",
    "lo_que_pide",
    "lo_suyo",
    "no_se_compro",
    "nombre_estado",
    "pedido_breve",
    "pedidos_de",
    "plazo_de_despacho",
    "quienes_cobran",
    "representa_a",
    "sin_contacto",
    "unidades_que_compran",
    "vencio_el_contacto",
    "vendedor_de",
]
