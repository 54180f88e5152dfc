"""The single registry of economic units: who exists, who acts for whom, and who is qualified for what."""

import empresa_digital.registro.clientes  # noqa: F401 - it judges the tokens of programs
from empresa_digital.registro import mandatos
from empresa_digital.registro.actos import (
    ActoTerminado,
    acto_salida,
    firmar_acto,
    rechazar_acto,
    retirar_acto,
)
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
)
from empresa_digital.registro.competencias import (
    Materia,
    NuevaCompetencia,
    exigir_competencia,
    otorgar_competencia_con,
)
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
    Compromiso,
    Facultad,
    LimiteDeMandato,
    MontoExcedido,
    NuevoMandato,
    SinFacultad,
    UnidadInactiva,
    devolver_compromiso,
    exigir_facultad,
    facultades_de,
    limite_en_palabras,
    notificar_unidad,
    tiene_facultad,
    unidades_de,
    unidades_representadas,
    usar_mandato,
)
from empresa_digital.registro.unidades import (
    EstadoUnidad,
    Unidad,
    UnidadNoEncontrada,
    nombres_de_unidades,
    unidad_por_id,
    unidad_por_numero,
    unidades_en_lote,
    verificar_registro,
)
from nucleo.fachada import sin_fila

aceptar_mandato = sin_fila(mandatos.aceptar_mandato)

__all__ = [
    "ActoTerminado",
    "Compromiso",
    "EstadoUnidad",
    "Facultad",
    "Habilitacion",
    "LimiteDeMandato",
    "Materia",
    "MontoExcedido",
    "NuevaCompetencia",
    "NuevoMandato",
    "SinFacultad",
    "SinHabilitacion",
    "TipoUnidad",
    "Unidad",
    "UnidadInactiva",
    "UnidadNoEncontrada",
    "aceptar_mandato",
    "actividad",
    "actividades",
    "acto_salida",
    "buscar_unidades",
    "cambios",
    "con_habilitacion",
    "departamentos",
    "devolver_compromiso",
    "exigir_competencia",
    "exigir_facultad",
    "exigir_habilitacion",
    "facultades_de",
    "firmar_acto",
    "forma_legal",
    "formas_legales",
    "identificadores_de",
    "inscribir_de_oficio",
    "limite_en_palabras",
    "lugar",
    "lugares",
    "municipio",
    "municipios",
    "nombres_de_unidades",
    "notificar_unidad",
    "otorgar_competencia_con",
    "rechazar_acto",
    "retirar_acto",
    "tiene_facultad",
    "tiene_habilitacion",
    "unidad_por_id",
    "unidad_por_numero",
    "unidades_de",
    "unidades_en_lote",
    "unidades_representadas",
    "usar_mandato",
    "verificar_registro",
]
