"""The kinds of notices about requests of money between people."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_SOLICITUD = clase(
    "pagos.solicitud",
    _l("Solicitudes de dinero"),
    _l("%(n)s novedades de solicitudes de dinero"),
    icono="wallet",
)
