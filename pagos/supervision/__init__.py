"""Supervision of payments: daily closings with proofs, the regulator's page, dated rules."""

from nucleo.fachada import sin_fila
from pagos.supervision import reglas
from pagos.supervision.cierre import cerrar_pendientes, cerrar_siguiente
from pagos.supervision.prueba import comprobar_prueba, prueba_de

agregar_comision = sin_fila(reglas.agregar_comision)

__all__ = [
    "agregar_comision",
    "cerrar_pendientes",
    "cerrar_siguiente",
    "comprobar_prueba",
    "prueba_de",
]
