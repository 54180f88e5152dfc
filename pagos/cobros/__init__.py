"""Charges: fee catalogue, órdenes de cobro with a code (CPT), their payment, QR codes and receipts."""

from pagos.cobros.accesos import documento_de
from pagos.cobros.catalogo import crear_concepto
from pagos.cobros.consultas import (
    conceptos_de,
    medianoche,
    orden_por_cpt,
    orden_por_id,
    ordenes_a_nombre_de,
    pagos_de,
)
from pagos.cobros.cpt import formato_cpt, leer_cpt
from pagos.cobros.esquemas import ConceptoPorCrear, LineaPorEmitir, OrdenPorEmitir, Pagador
from pagos.cobros.estados import EstadoOrden
from pagos.cobros.ordenes import anular_orden, emitir_orden
from pagos.cobros.pagar import pagar_a_unidad, pagar_orden
from pagos.cobros.tareas import vencer_tanda

__all__ = [
    "ConceptoPorCrear",
    "EstadoOrden",
    "LineaPorEmitir",
    "OrdenPorEmitir",
    "Pagador",
    "anular_orden",
    "conceptos_de",
    "crear_concepto",
    "documento_de",
    "emitir_orden",
    "formato_cpt",
    "leer_cpt",
    "medianoche",
    "orden_por_cpt",
    "orden_por_id",
    "ordenes_a_nombre_de",
    "pagar_a_unidad",
    "pagar_orden",
    "pagos_de",
    "vencer_tanda",
]
