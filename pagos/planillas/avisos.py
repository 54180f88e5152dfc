"""The kinds of notices about batches of payments."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_PLANILLA = clase(
    "pagos.planilla",
    _l("Planillas de pago"),
    _l("%(n)s novedades de una planilla"),
    por_objeto=True,
    icono="wallet",
)
