"""Naming people to the roles of contracting, and leaving them out."""

from feria_inversa.designaciones.designar import (
    Nombramiento,
    apartar_por_conflicto,
    designar_en_entidad,
    designar_en_proceso,
)
from feria_inversa.designaciones.excusas import resolver_vencidas
from feria_inversa.designaciones.presentar import avisos_de

__all__ = [
    "Nombramiento",
    "apartar_por_conflicto",
    "avisos_de",
    "designar_en_entidad",
    "designar_en_proceso",
    "resolver_vencidas",
]
