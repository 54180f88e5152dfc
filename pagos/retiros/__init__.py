"""Withdrawals to banks: held, sent in files, reconciled with the bank's own."""

from pagos.retiros.acto import pedir_o_proponer
from pagos.retiros.estados import EstadoRetiro
from pagos.retiros.retiros import DatosDeRetiro, exportar_lote, pedir, resolver, retiros_de

__all__ = [
    "DatosDeRetiro",
    "EstadoRetiro",
    "exportar_lote",
    "pedir",
    "pedir_o_proponer",
    "resolver",
    "retiros_de",
]
