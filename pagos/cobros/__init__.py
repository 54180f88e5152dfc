"""Charges: fee catalogue, órdenes de cobro with a code (CPT), their payment, QR codes and receipts."""

from dataclasses import dataclass
from uuid import UUID

from nucleo.fachada import con_valor, sin_fila
from pagos.cobros import catalogo, ordenes, pagar
from pagos.cobros.consultas import medianoche
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.de_asuntos import codigo_de_asunto
from pagos.cobros.esquemas import ConceptoPorCrear, OrdenPorEmitir
from pagos.cobros.pagar import pagar_a_unidad
from pagos.cobros.tareas import vencer_tanda


@dataclass(frozen=True, slots=True)
class OrdenEmitida:
    id: UUID
    version: int

    @classmethod
    def de(cls, emitida: ordenes.Emitida) -> "OrdenEmitida":
        return cls(emitida.orden.id, emitida.orden.version)


crear_concepto = sin_fila(catalogo.crear_concepto)
emitir_orden = con_valor(ordenes.emitir_orden, OrdenEmitida.de)
anular_orden = sin_fila(ordenes.anular_orden)
pagar_orden = sin_fila(pagar.pagar_orden)

__all__ = [
    "ConceptoPorCrear",
    "OrdenPorEmitir",
    "anular_orden",
    "codigo_de_asunto",
    "crear_concepto",
    "emitir_orden",
    "formato_cpt",
    "medianoche",
    "pagar_a_unidad",
    "pagar_orden",
    "vencer_tanda",
]
