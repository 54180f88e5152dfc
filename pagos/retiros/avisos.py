"""The kinds of notices about withdrawals."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_RETIRO = clase(
    "pagos.retiro", _l("Retiros al banco"), _l("%(n)s novedades de sus retiros"), icono="wallet"
)
