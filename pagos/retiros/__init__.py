"""Withdrawals to banks: held, sent in files, ended by what the bank says (`pagos.banco`)."""

from pagos.retiros.acto import pedir_o_proponer
from pagos.retiros.avisos import AVISO_RETIRO
from pagos.retiros.estados import EstadoRetiro
from pagos.retiros.pain import MONEDA
from pagos.retiros.retiros import DatosDeRetiro, cancelar, exportar_lote, pedir, resolver, terminar

__all__ = [
    "AVISO_RETIRO",
    "MONEDA",
    "DatosDeRetiro",
    "EstadoRetiro",
    "cancelar",
    "exportar_lote",
    "pedir",
    "pedir_o_proponer",
    "resolver",
    "terminar",
]
