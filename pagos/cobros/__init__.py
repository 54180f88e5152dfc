"""Charges: fee catalogue, órdenes de cobro with a code (CPT), their payment, QR codes and receipts."""

from pagos.cobros.accesos import documento_de
from pagos.cobros.consultas import orden_por_cpt, orden_por_id, ordenes_a_nombre_de, pagos_de
from pagos.cobros.cpt import formato_cpt, leer_cpt
from pagos.cobros.esquemas import LineaPorEmitir, OrdenPorEmitir, Pagador
from pagos.cobros.estados import EstadoOrden
from pagos.cobros.ordenes import anular_orden, emitir_orden
from pagos.cobros.pagar import pagar_a_unidad, pagar_orden

__all__ = [
    "EstadoOrden",
    "LineaPorEmitir",
    "OrdenPorEmitir",
    "Pagador",
    "anular_orden",
    "documento_de",
    "emitir_orden",
    "formato_cpt",
    "leer_cpt",
    "orden_por_cpt",
    "orden_por_id",
    "ordenes_a_nombre_de",
    "pagar_a_unidad",
    "pagar_orden",
    "pagos_de",
]
