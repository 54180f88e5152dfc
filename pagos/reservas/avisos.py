"""The kinds of notices about reserves."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_RESERVA = clase(
    "pagos.reserva", _l("Reservas de dinero"), _l("%(n)s novedades de reservas de dinero"), icono="wallet"
)
