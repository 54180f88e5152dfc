"""To find units, and to follow their changes."""

from empresa_digital.registro.consulta import abiertos as abiertos  # it registers what is published
from empresa_digital.registro.consulta.buscar import buscar_unidades
from empresa_digital.registro.consulta.cambios import cambios

__all__ = [
    "buscar_unidades",
    "cambios",
]
