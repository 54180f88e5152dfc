"""The kind of notices of a purchase from the catalogue."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_COMPRA = clase(
    "feria.compra_de_catalogo",
    _l("Compras del catálogo"),
    _l("%(n)s novedades de compras del catálogo"),
    icono="package-check",
)
