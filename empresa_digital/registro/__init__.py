"""The single registry of economic units: who exists, who acts for whom, and who is qualified for what."""

from empresa_digital.registro.catalogos.consultas import (
    actividad,
    actividades,
    departamentos,
    forma_legal,
    formas_legales,
    lugar,
    lugares,
    municipio,
    municipios,
)
from empresa_digital.registro.catalogos.modelos import Actividad, Municipio
from empresa_digital.registro.catalogos.tipos import TipoUnidad
from empresa_digital.registro.consulta.buscar import buscar_unidades
from empresa_digital.registro.consulta.cambios import cambios
from empresa_digital.registro.habilitaciones.consultas import (
    con_habilitacion,
    exigir_habilitacion,
    tiene_habilitacion,
)
from empresa_digital.registro.habilitaciones.errores import SinHabilitacion
from empresa_digital.registro.habilitaciones.tipos import Habilitacion
from empresa_digital.registro.identificadores.consultas import identificadores_de
from empresa_digital.registro.inscripcion.inscribir import inscribir_de_oficio
from empresa_digital.registro.mandatos.avisos import notificar_unidad
from empresa_digital.registro.mandatos.errores import MontoExcedido, SinFacultad, UnidadInactiva
from empresa_digital.registro.mandatos.facultades import (
    exigir_facultad,
    exigir_regulador,
    facultades_de,
    tiene_facultad,
    unidades_de,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.otorgar import NuevoMandato
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades.consultas import unidad_por_id, unidad_por_numero, unidades_en_lote
from empresa_digital.registro.unidades.errores import UnidadNoEncontrada
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from empresa_digital.registro.unidades.verificar import verificar_registro

__all__ = [
    "Actividad",
    "EstadoUnidad",
    "Facultad",
    "Habilitacion",
    "Mandato",
    "MontoExcedido",
    "Municipio",
    "NuevoMandato",
    "SinFacultad",
    "SinHabilitacion",
    "TipoUnidad",
    "UnidadEconomica",
    "UnidadInactiva",
    "UnidadNoEncontrada",
    "actividad",
    "actividades",
    "buscar_unidades",
    "cambios",
    "con_habilitacion",
    "departamentos",
    "exigir_facultad",
    "exigir_habilitacion",
    "exigir_regulador",
    "facultades_de",
    "forma_legal",
    "formas_legales",
    "identificadores_de",
    "inscribir_de_oficio",
    "lugar",
    "lugares",
    "municipio",
    "municipios",
    "notificar_unidad",
    "tiene_facultad",
    "tiene_habilitacion",
    "unidad_por_id",
    "unidad_por_numero",
    "unidades_de",
    "unidades_en_lote",
    "verificar_registro",
]
