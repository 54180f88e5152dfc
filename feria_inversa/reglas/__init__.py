"""The dated rules of contracting."""

from feria_inversa.reglas.errores import ModalidadNoCorresponde, PlazoInsuficiente
from feria_inversa.reglas.modalidades import (
    agregar_modalidad,
    agregar_norma,
    dia_minimo_de_cierre,
    exigir_plazo,
    modalidad_para,
    plazo_para_impugnar,
    vigentes,
)
from feria_inversa.reglas.valores import Clave, Reglas, Valor

__all__ = [
    "Clave",
    "ModalidadNoCorresponde",
    "PlazoInsuficiente",
    "Reglas",
    "Valor",
    "agregar_modalidad",
    "agregar_norma",
    "dia_minimo_de_cierre",
    "exigir_plazo",
    "modalidad_para",
    "plazo_para_impugnar",
    "vigentes",
]
