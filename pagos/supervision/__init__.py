"""Supervision of payments: daily closings with proofs, the regulator's page, dated rules."""

from pagos.supervision.cierre import cerrar_pendientes, cerrar_siguiente, verificar_cierres
from pagos.supervision.prueba import comprobar_prueba, prueba_de
from pagos.supervision.reglas import agregar_comision

__all__ = [
    "agregar_comision",
    "cerrar_pendientes",
    "cerrar_siguiente",
    "comprobar_prueba",
    "prueba_de",
    "verificar_cierres",
]
