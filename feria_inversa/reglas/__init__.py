"""The dated rules of contracting."""

from feria_inversa.reglas.errores import PlazoInsuficiente
from feria_inversa.reglas.modalidades import (
    admite,
    agregar_modalidad,
    dia_minimo_de_cierre,
    exigir_plazo,
    modalidad_para,
    modalidad_por_id,
    plazo_para_impugnar,
    vigentes,
)

__all__ = [
    "PlazoInsuficiente",
    "admite",
    "agregar_modalidad",
    "dia_minimo_de_cierre",
    "exigir_plazo",
    "modalidad_para",
    "modalidad_por_id",
    "plazo_para_impugnar",
    "vigentes",
]
