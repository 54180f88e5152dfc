"""The single registry of economic units: who exists, who acts for whom, and who is qualified for what."""

from empresa_digital.registro.avisos import notificar_unidad
from empresa_digital.registro.catalogos import (
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
from empresa_digital.registro.consultas import (
    buscar_unidades,
    cambios,
    identificadores_de,
    unidad_por_id,
    unidad_por_numero,
    unidades_en_lote,
)
from empresa_digital.registro.errores import (
    MontoExcedido,
    SinFacultad,
    SinHabilitacion,
    UnidadInactiva,
    UnidadNoEncontrada,
)
from empresa_digital.registro.facultades import (
    exigir_facultad,
    exigir_regulador,
    facultades_de,
    tiene_facultad,
    unidades_de,
)
from empresa_digital.registro.habilitaciones import con_habilitacion, exigir_habilitacion, tiene_habilitacion
from empresa_digital.registro.mandatos import NuevoMandato
from empresa_digital.registro.modelos import Actividad, Mandato, Municipio, UnidadEconomica
from empresa_digital.registro.tipos import EstadoUnidad, Facultad, Habilitacion, TipoUnidad
from empresa_digital.registro.unidades import inscribir_de_oficio
from empresa_digital.registro.verificacion import verificar_registro

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
