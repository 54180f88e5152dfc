"""Purchases that are paid by card, straight into the custody of their orders."""

from comercio.por_pagar.comprar import comprar_con_tarjeta
from comercio.por_pagar.tareas import revisar_por_pagar

__all__ = ["comprar_con_tarjeta", "revisar_por_pagar"]
