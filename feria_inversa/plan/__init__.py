"""The annual plan of an entity (PAC): what it will contract, by versions, and what was begun from it."""

from feria_inversa.plan.alertas import CODIGO as ALERTAS_DE_PLANES
from feria_inversa.plan.alertas import Criterios as CriteriosDePlanes
from feria_inversa.plan.alertas import criterios_en_palabras, palabras_de_alerta
from feria_inversa.plan.archivo import MESES
from feria_inversa.plan.consultas import linea_por_numero
from feria_inversa.plan.enlazar import (
    EnElPlan,
    Planificado,
    en_el_plan,
    enlazar,
    exigir_en_el_plan,
    falta_en_el_plan,
    linea_dicha,
    para_empezar,
    planificado,
    soltar,
)
from feria_inversa.plan.errores import LineaNoVigente
from feria_inversa.plan.esquemas import Cambio, LineaEntrada, Partida
from feria_inversa.plan.planificar import cambiar, crear, publicar_plan

__all__ = [
    "ALERTAS_DE_PLANES",
    "MESES",
    "Cambio",
    "CriteriosDePlanes",
    "EnElPlan",
    "LineaEntrada",
    "LineaNoVigente",
    "Partida",
    "Planificado",
    "cambiar",
    "crear",
    "criterios_en_palabras",
    "en_el_plan",
    "enlazar",
    "exigir_en_el_plan",
    "falta_en_el_plan",
    "linea_dicha",
    "linea_por_numero",
    "palabras_de_alerta",
    "para_empezar",
    "planificado",
    "publicar_plan",
    "soltar",
]
