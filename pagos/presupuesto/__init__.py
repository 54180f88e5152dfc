"""Budget of public entities, a second currency of the ledger: certified, committed, executed; never money."""

from pagos.presupuesto.consultas import (
    Certificado,
    Comprometido,
    certificados,
    comprometidos,
)
from pagos.presupuesto.cuentas import CLASE_COMPROMISO, cerrar_compromiso
from pagos.presupuesto.mover import (
    NuevoCompromiso,
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
