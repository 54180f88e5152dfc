"""The kind of notices of the budget certificates."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_CIERRE = clase(
    "feria.cierre_de_gestion",
    _l("Cierre de la gestión"),
    _l("%(n)s certificaciones que terminan con la gestión"),
    icono="file-check",
)
