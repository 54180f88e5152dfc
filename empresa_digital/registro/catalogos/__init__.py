"""Places, activities and legal forms: reference tables with dates."""

from empresa_digital.registro.catalogos import consultas, valores
from empresa_digital.registro.catalogos.consultas import (
    actividad,
    actividades,
    departamento,
    forma_legal,
    formas_legales,
    lugar,
    lugares,
    nombres_de_actividades,
)
from empresa_digital.registro.catalogos.tipos import TipoUnidad
from nucleo.fachada import con_valor

departamentos = con_valor(consultas.departamentos, valores.varios_departamentos)
municipio = con_valor(consultas.municipio, valores.un_municipio)
municipios = con_valor(consultas.municipios, valores.varios_municipios)

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
