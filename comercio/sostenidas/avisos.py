"""The kind of notices about offers held."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_OFERTA = clase(
    "comercio.oferta_sostenida",
    _l("Ofertas sostenidas"),
    _l("%(n)s novedades de ofertas sostenidas"),
    icono="snowflake",
)
