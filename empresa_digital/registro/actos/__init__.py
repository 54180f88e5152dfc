"""Acts that several representatives of a unit sign together."""

from empresa_digital.registro.actos import firmas
from empresa_digital.registro.actos.errores import ActoTerminado, DeclaracionPendiente, HuellaDistinta
from empresa_digital.registro.actos.esquemas import ActoSalida
from empresa_digital.registro.actos.presentar import acto_salida
from nucleo.fachada import sin_fila

firmar_acto = sin_fila(firmas.firmar)
rechazar_acto = sin_fila(firmas.rechazar)
retirar_acto = sin_fila(firmas.retirar)

__all__ = [
    "ActoSalida",
    "ActoTerminado",
    "DeclaracionPendiente",
    "HuellaDistinta",
    "acto_salida",
    "firmar_acto",
    "rechazar_acto",
    "retirar_acto",
]
