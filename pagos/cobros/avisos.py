"""The kinds of notices about payment orders."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_COBRO = clase("pagos.cobro", _l("Cobros de su unidad"), _l("Cobró %(n)s pagos"), icono="qr-code")
AVISO_PAGO = clase("pagos.pago", _l("Pagos hechos"), _l("Hizo %(n)s pagos"), icono="receipt-text")
AVISO_ORDEN = clase(
    "pagos.orden",
    _l("Órdenes de cobro a su nombre"),
    _l("%(n)s órdenes de cobro a su nombre"),
    icono="receipt-text",
)
