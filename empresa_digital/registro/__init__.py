"""The single registry of economic units: who exists, who acts for whom, and who is qualified for what."""

from empresa_digital.registro.catalogos import (
    TipoUnidad,
    actividad,
    actividades,
    departamentos,
    forma_legal,
    formas_legales,
    lugar,
    lugares,
    municipio,
    municipios,
    nombres_de_actividades,
)
from empresa_digital.registro.catalogos.modelos import Actividad, Municipio
from empresa_digital.registro.consulta import buscar_unidades, cambios
from empresa_digital.registro.habilitaciones import (
    Habilitacion,
    SinHabilitacion,
    con_habilitacion,
    exigir_habilitacion,
    tiene_habilitacion,
)
from empresa_digital.registro.identificadores import identificadores_de
from empresa_digital.registro.inscripcion import inscribir_de_oficio
from empresa_digital.registro.mandatos import (
    Facultad,
    MontoExcedido,
    NuevoMandato,
    SinFacultad,
    UnidadInactiva,
    exigir_facultad,
    exigir_regulador,
    facultades_de,
    notificar_unidad,
    tiene_facultad,
    unidades_de,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.unidades import (
    EstadoUnidad,
    UnidadNoEncontrada,
    contar_inscritas,
    contar_por_estado,
    unidad_por_id,
    unidad_por_numero,
    unidades_en_lote,
    verificar_registro,
)
from empresa_digital.registro.unidades.modelos import UnidadEconomica

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
    "contar_inscritas",
    "contar_por_estado",
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
    "nombres_de_actividades",
    "notificar_unidad",
    "tiene_facultad",
    "tiene_habilitacion",
    "unidad_por_id",
    "unidad_por_numero",
    "unidades_de",
    "unidades_en_lote",
    "verificar_registro",
]
