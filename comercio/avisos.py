"""The kinds of notices of the market."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_PEDIDO = clase(
    "comercio.pedido",
    _l("Sus compras"),
    _l("%(n)s novedades de un pedido"),
    por_objeto=True,
    icono="package",
)
AVISO_VENTA = clase("comercio.venta", _l("Ventas"), _l("%(n)s novedades de sus ventas"), icono="store")
