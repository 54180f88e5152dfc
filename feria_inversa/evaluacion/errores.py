"""What a decision may not be."""

from nucleo.errores import DatosInvalidos
from nucleo.textos import perezoso as _l


class SobreLaReferencia(DatosInvalidos):
    codigo = "sobre_la_referencia"
    titulo = _l("No se adjudica sobre el precio referencial")
