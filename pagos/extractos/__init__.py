"""Statements to take away: CSV, PDF, camt.053."""

from pagos.extractos.camt import TIPO_CAMT, generar_camt053
from pagos.extractos.extracto import MAXIMO, MAXIMO_PDF, Extracto, preparar_extracto
from pagos.extractos.pdf import TIPO_PDF, generar_pdf
from pagos.extractos.tabla import TIPO_CSV, generar_csv, numero

__all__ = [
    "MAXIMO",
    "MAXIMO_PDF",
    "TIPO_CAMT",
    "TIPO_CSV",
    "TIPO_PDF",
    "Extracto",
    "generar_camt053",
    "generar_csv",
    "generar_pdf",
    "numero",
    "preparar_extracto",
]
