"""The kinds of notices about what banks tell."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_CONCILIACION = clase(
    "pagos.conciliacion",
    _l("Conciliación con bancos"),
    _l("%(n)s novedades de la conciliación con bancos"),
    icono="landmark",
)
