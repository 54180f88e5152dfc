"""Withdrawals to banks: held, sent in files, reconciled with the bank's own."""

from pagos.retiros.acto import pedir_o_proponer
from pagos.retiros.retiros import DatosDeRetiro, cancelar, exportar_lote, pedir, resolver

__all__ = [
    "DatosDeRetiro",
    "cancelar",
    "exportar_lote",
    "pedir",
    "pedir_o_proponer",
    "resolver",
]
