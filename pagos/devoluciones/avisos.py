"""The kinds of notices about refunds."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_DEVOLUCION = clase(
    "pagos.devolucion", _l("Devoluciones"), _l("Le devolvieron %(n)s pagos"), icono="wallet"
)
