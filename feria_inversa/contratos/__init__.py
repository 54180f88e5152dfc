"""What an entity orders from who won."""

from feria_inversa.contratos.consultas import Ganada, lineas_de_orden, ordenes_de, por_ordenar
from feria_inversa.contratos.ordenes import cuenta_para_impugnar, emitir_con, emitir_ordenes

__all__ = [
    "Ganada",
    "cuenta_para_impugnar",
    "emitir_con",
    "emitir_ordenes",
    "lineas_de_orden",
    "ordenes_de",
    "por_ordenar",
]
