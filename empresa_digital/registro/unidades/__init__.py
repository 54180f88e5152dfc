"""The record of a unit, derived from its entries."""

from empresa_digital.registro.unidades.apartados import Apartado, Seccion, agregar_apartado
from empresa_digital.registro.unidades.asentar import asentar, leer_fichas
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad, sostener_activas
from empresa_digital.registro.unidades.campos import faltantes, normalizar
from empresa_digital.registro.unidades.consultas import (
    actividades_de,
    bandeja,
    contar_inscritas,
    contar_por_estado,
    es_publica,
    nombres_de_unidades,
    unidad_con_identificador,
    unidad_por_id,
    unidad_por_numero,
    unidades_en_lote,
    unidades_por_numero,
)
from empresa_digital.registro.unidades.errores import UnidadNoEncontrada
from empresa_digital.registro.unidades.esquemas import (
    Motivo,
    MotivoEntrada,
    Numero,
    ParecidaSalida,
    UnidadResumen,
)
from empresa_digital.registro.unidades.estados import (
    EDITABLES,
    PENDIENTES,
    PUBLICAS,
    TRANSICIONES,
    siguiente_estado,
)
from empresa_digital.registro.unidades.ficha import PREFIJO_IDENTIFICADOR, Ficha
from empresa_digital.registro.unidades.palabras import TIPOS, nombre_de_campo, nombre_de_tipo
from empresa_digital.registro.unidades.parecidas import unidades_parecidas
from empresa_digital.registro.unidades.presentar import resumenes
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from empresa_digital.registro.unidades.valores import Unidad
from empresa_digital.registro.unidades.verificar import verificar_registro
from empresa_digital.registro.unidades.web_comun import (
    con_parametros,
    pagina,
    url_siguiente,
)

__all__ = [
    "EDITABLES",
    "PENDIENTES",
    "PREFIJO_IDENTIFICADOR",
    "PUBLICAS",
    "TIPOS",
    "TRANSICIONES",
    "Apartado",
    "EstadoUnidad",
    "Ficha",
    "Motivo",
    "MotivoEntrada",
    "Numero",
    "ParecidaSalida",
    "Seccion",
    "Unidad",
    "UnidadNoEncontrada",
    "UnidadResumen",
    "actividades_de",
    "agregar_apartado",
    "asentar",
    "bandeja",
    "bloquear_unidad",
    "con_parametros",
    "contar_inscritas",
    "contar_por_estado",
    "es_publica",
    "faltantes",
    "leer_fichas",
    "nombre_de_campo",
    "nombre_de_tipo",
    "nombres_de_unidades",
    "normalizar",
    "pagina",
    "resumenes",
    "siguiente_estado",
    "sostener_activas",
    "unidad_con_identificador",
    "unidad_por_id",
    "unidad_por_numero",
    "unidades_en_lote",
    "unidades_parecidas",
    "unidades_por_numero",
    "url_siguiente",
    "verificar_registro",
]
