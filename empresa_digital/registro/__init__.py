"""The single registry of economic units: who exists, who acts for whom, and who is qualified for what."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

import empresa_digital.registro.clientes  # noqa: F401 - it judges the tokens of programs
from empresa_digital.registro import competencias, mandatos
from empresa_digital.registro.actos import (
    ActoTerminado,
    acto_salida,
    en_espera,
    firmar_acto,
    firmaron,
    quienes_firmaron,
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
    municipios_por_departamento,
    nombres_de_actividades,
)
from empresa_digital.registro.competencias import (
    Materia,
    NuevaCompetencia,
    autoridades_competentes,
    es_caso_propio,
    exigir_competencia,
)
from empresa_digital.registro.consulta import buscar_unidades, cambios
from empresa_digital.registro.habilitaciones import (
    Habilitacion,
    SinHabilitacion,
    con_habilitacion,
    exigir_habilitacion,
    habilitadas_del_rubro,
    tiene_habilitacion,
)
from empresa_digital.registro.identificadores import identificadores_de, identificadores_en_lote
from empresa_digital.registro.inscripcion import inscribir_de_oficio
from empresa_digital.registro.mandatos import (
    CON_LO_SUYO,
    Apoderado,
    Compromiso,
    Facultad,
    LimiteDeMandato,
    MontoExcedido,
    NuevoMandato,
    SinFacultad,
    UnidadInactiva,
    alguien_mas,
    apoderados_con,
    devolver_compromiso,
    exigir_facultad,
    facultades_de,
    firman_otros,
    limite_en_palabras,
    mandatos_con,
    notificar_unidad,
    sostener_mandato,
    tiene_facultad,
    unidades_de,
    unidades_representadas,
    usar_mandato,
    visitante_tiene,
)
from empresa_digital.registro.partes import (
    ClaseDeParte,
    Parte,
    buscar_partes,
    parte_de_persona,
    parte_de_unidad,
    parte_tercera,
    partes_en_lote,
)
from empresa_digital.registro.unidades import TIPOS as TIPOS_DE_UNIDAD
from empresa_digital.registro.unidades import (
    EstadoUnidad,
    Unidad,
    UnidadNoEncontrada,
    nombres_de_unidades,
    sostener_activas,
    unidad_por_id,
    unidad_por_numero,
    unidades_en_lote,
    unidades_por_numero,
    verificar_registro,
)
from nucleo.fachada import sin_fila


@dataclass(frozen=True, slots=True)
class MandatoDado:
    """A mandate of a unit: whose it is, and whether it was revoked."""

    id: UUID
    persona_id: UUID | None
    unidad_id: UUID | None
    revocado: bool


def mandatos_dados(sesion: Session, unidad_id: UUID) -> list[MandatoDado]:
    """Those of a unit, oldest first."""
    return [
        MandatoDado(m.id, m.apoderado_persona_id, m.apoderado_unidad_id, m.revocado_en is not None)
        for m in mandatos.mandatos_de(sesion, unidad_id)
    ]


aceptar_mandato = sin_fila(mandatos.aceptar_mandato)
otorgar_competencia_con = sin_fila(competencias.otorgar_competencia_con)
otorgar_mandato = sin_fila(mandatos.otorgar_mandato)
revocar_mandato = sin_fila(mandatos.revocar_mandato)

__all__ = [
    "CON_LO_SUYO",
    "TIPOS_DE_UNIDAD",
    "ActoTerminado",
    "Apoderado",
    "ClaseDeParte",
    "Compromiso",
    "EstadoUnidad",
    "Facultad",
    "Habilitacion",
    "LimiteDeMandato",
    "MandatoDado",
    "Materia",
    "MontoExcedido",
    "NuevaCompetencia",
    "NuevoMandato",
    "Parte",
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
    "alguien_mas",
    "apoderados_con",
    "autoridades_competentes",
    "buscar_partes",
    "buscar_unidades",
    "cambios",
    "con_habilitacion",
    "departamentos",
    "devolver_compromiso",
    "en_espera",
    "es_caso_propio",
    "exigir_competencia",
    "exigir_facultad",
    "exigir_habilitacion",
    "facultades_de",
    "firman_otros",
    "firmar_acto",
    "firmaron",
    "forma_legal",
    "formas_legales",
    "habilitadas_del_rubro",
    "identificadores_de",
    "identificadores_en_lote",
    "inscribir_de_oficio",
    "limite_en_palabras",
    "lugar",
    "lugares",
    "mandatos_con",
    "mandatos_dados",
    "municipio",
    "municipios",
    "municipios_por_departamento",
    "nombres_de_actividades",
    "nombres_de_unidades",
    "notificar_unidad",
    "otorgar_competencia_con",
    "otorgar_mandato",
    "parte_de_persona",
    "parte_de_unidad",
    "parte_tercera",
    "partes_en_lote",
    "quienes_firmaron",
    "rechazar_acto",
    "retirar_acto",
    "revocar_mandato",
    "sostener_activas",
    "sostener_mandato",
    "tiene_facultad",
    "tiene_habilitacion",
    "unidad_por_id",
    "unidad_por_numero",
    "unidades_de",
    "unidades_en_lote",
    "unidades_por_numero",
    "unidades_representadas",
    "usar_mandato",
    "verificar_registro",
    "visitante_tiene",
]
