"""The kinds of notices about stock."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_EXISTENCIA = clase(
    "comercio.existencia", _l("Existencias"), _l("%(n)s productos por agotarse"), icono="package-minus"
)
