"""Words of a recovery."""

from nucleo.textos import perezoso as _l

CAUSAS = {
    "fallecimiento": _l("Falleció quien la administra"),
    "acceso_perdido": _l("Nadie puede entrar en su nombre"),
    "disputa": _l("Disputa entre quienes la administran"),
}
