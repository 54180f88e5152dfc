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
from empresa_digital.registro.catalogos.nombres import (
    departamentos_para_elegir,
    lugares_para_elegir,
    municipios_por_departamento,
    nombre_de_lugar,
    nombres_de_lugares,
)
from empresa_digital.registro.catalogos.tipos import Habilitacion, TipoUnidad
from nucleo.fachada import con_valor

__all__ = [
    "Habilitacion",
    "TipoUnidad",
    "actividad",
    "actividades",
    "con_valor",
    "consultas",
    "departamento",
    "departamentos_para_elegir",
    "forma_legal",
    "formas_legales",
    "lugar",
    "lugares",
    "lugares_para_elegir",
    "municipios_por_departamento",
    "nombre_de_lugar",
    "nombres_de_actividades",
    "nombres_de_lugares",
    "valores",
]


departamentos = con_valor(consultas.departamentos, valores.varios_departamentos)
municipio = con_valor(consultas.municipio, valores.un_municipio)
municipios = con_valor(consultas.municipios, valores.varios_municipios)
