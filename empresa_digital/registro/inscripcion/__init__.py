"""The life of a registration, from draft to cancellation."""

import empresa_digital.registro.inscripcion.acto  # noqa: F401 - what several sign is known with the room
from empresa_digital.registro.inscripcion.esquemas import UnidadSalida
from empresa_digital.registro.inscripcion.presentar import responder, unidad_completa
from empresa_digital.registro.inscripcion.vida import (
    cancelar,
    crear_borrador,
    editar_unidad,
    inscribir,
    inscribir_de_oficio,
    observar,
    presentar,
    rectificar_unidad,
    rehabilitar,
    suspender,
)

__all__ = [
    "UnidadSalida",
    "cancelar",
    "crear_borrador",
    "editar_unidad",
    "inscribir",
    "inscribir_de_oficio",
    "observar",
    "presentar",
    "rectificar_unidad",
    "rehabilitar",
    "responder",
    "suspender",
    "unidad_completa",
]
