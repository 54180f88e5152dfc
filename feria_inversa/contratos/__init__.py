"""What an entity orders from who won."""

from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.consultas import Ganada, lineas_de_orden, ordenes_de, por_ordenar
from feria_inversa.contratos.esquemas import SinEfectoEntrada
from feria_inversa.contratos.formularios import SIN_EFECTO, HojaDeSinEfecto
from feria_inversa.contratos.ordenes import cuenta_para_impugnar, emitir_con, emitir_ordenes

__all__ = [
    "SIN_EFECTO",
    "Ganada",
    "HojaDeSinEfecto",
    "SinEfectoEntrada",
    "cuenta_para_impugnar",
    "dejar_sin_efecto",
    "emitir_con",
    "emitir_ordenes",
    "lineas_de_orden",
    "ordenes_de",
    "por_ordenar",
]
