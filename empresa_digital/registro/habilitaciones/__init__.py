"""What a unit is qualified for."""

import empresa_digital.registro.habilitaciones.apartado  # noqa: F401 - its section of every record
from empresa_digital.registro.catalogos import Habilitacion
from empresa_digital.registro.habilitaciones import palabras
from empresa_digital.registro.habilitaciones.acto import OTORGAMIENTO, CuerpoDeOtorgamiento
from empresa_digital.registro.habilitaciones.consultas import (
    con_habilitacion,
    exigir_habilitacion,
    exigir_otra_autoridad,
    habilitaciones_de,
    habilitadas_del_rubro,
    solicitudes,
    tiene_habilitacion,
)
from empresa_digital.registro.habilitaciones.errores import SinHabilitacion
from empresa_digital.registro.habilitaciones.esquemas import HabilitacionPublica
from empresa_digital.registro.habilitaciones.habilitar import (
    otorgar_con,
    otorgar_habilitacion,
    rechazar_habilitacion,
    solicitar_habilitacion,
    suspender_habilitacion,
)
from empresa_digital.registro.habilitaciones.palabras import HABILITACIONES
from empresa_digital.registro.habilitaciones.presentar import habilitacion_publica
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion

__all__ = [
    "HABILITACIONES",
    "OTORGAMIENTO",
    "CuerpoDeOtorgamiento",
    "EstadoHabilitacion",
    "Habilitacion",
    "HabilitacionPublica",
    "SinHabilitacion",
    "con_habilitacion",
    "exigir_habilitacion",
    "exigir_otra_autoridad",
    "habilitacion_publica",
    "habilitaciones_de",
    "habilitadas_del_rubro",
    "otorgar_con",
    "otorgar_habilitacion",
    "palabras",
    "rechazar_habilitacion",
    "solicitar_habilitacion",
    "solicitudes",
    "suspender_habilitacion",
    "tiene_habilitacion",
]
