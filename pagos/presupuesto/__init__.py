"""Budget of public entities, as a second currency of the ledger: certified, committed, executed. Never money."""

from pagos.presupuesto.consultas import (
    Certificado,
    Comprometido,
    certificados,
    comprometidos,
)
from pagos.presupuesto.mover import (
    CLASE_COMPROMISO,
    NuevoCompromiso,
    cerrar_compromiso,
    certificar,
    comprometer,
    ejecucion,
    ejecutar,
    liberar,
    revertir,
)

__all__ = [
    "CLASE_COMPROMISO",
    "Certificado",
    "Comprometido",
    "NuevoCompromiso",
    "cerrar_compromiso",
    "certificados",
    "certificar",
    "comprometer",
    "comprometidos",
    "ejecucion",
    "ejecutar",
    "liberar",
    "revertir",
]
