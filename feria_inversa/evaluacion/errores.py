"""What a decision may not be."""

from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.textos import perezoso as _l


class SobreLaReferencia(DatosInvalidos):
    codigo = "sobre_la_referencia"
    titulo = _l("No se adjudica sobre el precio referencial")


class CertificadoNoAlcanza(Conflicto):
    codigo = "certificado_no_alcanza"
    titulo = _l("La certificación presupuestaria del proceso no alcanza")


class FaltaInforme(Conflicto):
    codigo = "falta_informe"
    titulo = _l("Falta el informe de evaluación")


class NoSeInforma(Conflicto):
    codigo = "no_se_informa"
    titulo = _l("No se puede informar ahora")
