"""Supervision of payments: daily closings with proofs, the regulator's page, dated rules."""

from nucleo.fachada import sin_fila
from pagos.supervision import abiertos as abiertos  # it registers what is published
from pagos.supervision import cierre, reglas
from pagos.supervision.cierre import cerrar_pendientes
from pagos.supervision.prueba import comprobar_prueba

agregar_comision = sin_fila(reglas.agregar_comision)
cerrar_siguiente = sin_fila(cierre.cerrar_siguiente)

__all__ = [
    "agregar_comision",
    "cerrar_pendientes",
    "cerrar_siguiente",
    "comprobar_prueba",
]
