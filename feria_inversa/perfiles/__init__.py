"""The State's market by who buys, who sells, what and where; and at which prices."""

from feria_inversa.perfiles.tareas import calcular_precios

__all__ = ["calcular_precios"]
