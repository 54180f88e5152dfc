"""The kinds of notices about payments by card (`avisos` are those of the gateway)."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_TARJETA = clase(
    "pagos.tarjeta",
    _l("Pagos con tarjeta"),
    _l("%(n)s novedades de un pago con tarjeta"),
    por_objeto=True,
    icono="credit-card",
)
