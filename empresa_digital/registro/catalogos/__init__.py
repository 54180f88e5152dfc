"""Places, activities and legal forms: reference tables with dates."""

from empresa_digital.registro.catalogos.consultas import (
    actividad,
    actividades,
    departamento,
    departamentos,
    forma_legal,
    formas_legales,
    lugar,
    lugares,
    municipio,
    municipios,
    nombres_de_actividades,
)
from empresa_digital.registro.catalogos.tipos import TipoUnidad

__all__ = [
    "TipoUnidad",
    "actividad",
    "actividades",
    "departamento",
    "departamentos",
    "forma_legal",
    "formas_legales",
    "lugar",
    "lugares",
    "municipio",
    "municipios",
    "nombres_de_actividades",
]
