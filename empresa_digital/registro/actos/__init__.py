"""Acts that several representatives of a unit sign together."""

from empresa_digital.registro.actos import firmas
from empresa_digital.registro.actos.errores import ActoTerminado, DeclaracionPendiente, HuellaDistinta
from empresa_digital.registro.actos.esquemas import ActoSalida
from empresa_digital.registro.actos.presentar import RESPUESTAS_202, acto_salida, respuesta_propuesto
from nucleo.fachada import sin_fila

firmar_acto = sin_fila(firmas.firmar)
rechazar_acto = sin_fila(firmas.rechazar)
retirar_acto = sin_fila(firmas.retirar)

__all__ = [
    "RESPUESTAS_202",
    "ActoSalida",
    "ActoTerminado",
    "DeclaracionPendiente",
    "HuellaDistinta",
    "acto_salida",
    "firmar_acto",
    "rechazar_acto",
    "respuesta_propuesto",
    "retirar_acto",
]
