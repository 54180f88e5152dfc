"""Supervision of payments: daily closings with proofs, the regulator's page, dated rules."""

from pagos.supervision.cierre import cerrar_pendientes, cerrar_siguiente
from pagos.supervision.prueba import comprobar_prueba, prueba_de

__all__ = ["cerrar_pendientes", "cerrar_siguiente", "comprobar_prueba", "prueba_de"]
