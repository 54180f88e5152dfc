"""Withdrawals to banks: held, sent in files, reconciled with the bank's own."""

import pagos.retiros.acto  # noqa: F401 - what several sign is known wherever the room is
from pagos.retiros.estados import EstadoRetiro
from pagos.retiros.retiros import DatosDeRetiro, exportar_lote, pedir, resolver, retiros_de

__all__ = [
    "DatosDeRetiro",
    "EstadoRetiro",
    "exportar_lote",
    "pedir",
    "resolver",
    "retiros_de",
]
