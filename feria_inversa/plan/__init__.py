"""The annual plan of an entity (PAC): what it will contract, by versions, and what was begun from it."""

from feria_inversa.plan.enlazar import (
    Planificado,
    enlazar,
    exigir_en_el_plan,
    falta_en_el_plan,
    para_empezar,
    planificado,
    soltar,
)
from feria_inversa.plan.esquemas import Cambio, LineaEntrada
from feria_inversa.plan.planificar import cambiar, crear, publicar_plan

__all__ = [
    "Cambio",
    "LineaEntrada",
    "Planificado",
    "cambiar",
    "crear",
    "enlazar",
    "exigir_en_el_plan",
    "falta_en_el_plan",
    "para_empezar",
    "planificado",
    "publicar_plan",
    "soltar",
]
