"""The kind of notices of a bid."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_OFERTA = clase(
    "feria.oferta", _l("Sus ofertas"), _l("%(n)s novedades de sus ofertas"), icono="megaphone"
)
