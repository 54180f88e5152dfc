"""The dated rules of contracting."""

from feria_inversa.reglas.categorias import CATEGORIAS, Categoria, opciones_de_categoria
from feria_inversa.reglas.dias import dia_de_cierre, exigir_dia_habil, fuera_de_horario
from feria_inversa.reglas.errores import DiaInhabil, ModalidadNoCorresponde, PlazoInsuficiente
from feria_inversa.reglas.familias import familia_en_frase, familias_para_elegir, nombre_de_familia
from feria_inversa.reglas.margenes import (
    ClaseDeMargen,
    Formula,
    Margen,
    margenes_vigentes,
    precio_evaluado,
)
from feria_inversa.reglas.modalidades import (
    GENERAL,
    agregar_modalidad,
    agregar_norma,
    cuenta_para_ofertar,
    dia_minimo_de_cierre,
    elegir_modalidad,
    exigir_plazo,
    modalidad_para,
    opciones_de_modalidad,
    plazo_para_documentos,
    plazo_para_impugnar,
    vigentes,
)
from feria_inversa.reglas.valores import RONDAS, Clave, Reglas, ReglasDeSubasta, Valor

__all__ = [
    "CATEGORIAS",
    "GENERAL",
    "RONDAS",
    "Categoria",
    "ClaseDeMargen",
    "Clave",
    "DiaInhabil",
    "Formula",
    "Margen",
    "ModalidadNoCorresponde",
    "PlazoInsuficiente",
    "Reglas",
    "ReglasDeSubasta",
    "Valor",
    "agregar_modalidad",
    "agregar_norma",
    "cuenta_para_ofertar",
    "dia_de_cierre",
    "dia_minimo_de_cierre",
    "elegir_modalidad",
    "exigir_dia_habil",
    "exigir_plazo",
    "familia_en_frase",
    "familias_para_elegir",
    "fuera_de_horario",
    "margenes_vigentes",
    "modalidad_para",
    "nombre_de_familia",
    "opciones_de_categoria",
    "opciones_de_modalidad",
    "plazo_para_documentos",
    "plazo_para_impugnar",
    "precio_evaluado",
    "vigentes",
]
