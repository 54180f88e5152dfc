"""Withdrawals to banks: held, sent in files, reconciled with the bank's own."""

import pagos.retiros.acto  # noqa: F401 - what several sign is known wherever the room is
from pagos.retiros.retiros import DatosDeRetiro, cancelar, exportar_lote, pedir, resolver

__all__ = [
    "DatosDeRetiro",
    "cancelar",
    "exportar_lote",
    "pedir",
    "resolver",
]
