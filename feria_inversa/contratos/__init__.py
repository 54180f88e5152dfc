"""What an entity orders from who won."""

from feria_inversa.contratos.consultas import lineas_de_orden, ordenes_de
from feria_inversa.contratos.ordenes import cuenta_para_impugnar, emitir_con, emitir_ordenes

__all__ = ["cuenta_para_impugnar", "emitir_con", "emitir_ordenes", "lineas_de_orden", "ordenes_de"]
