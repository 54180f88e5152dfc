"""The kinds of notices about what an item costs."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_FRANQUEO = clase(
    "envios.franqueo", _l("Franqueo de sus envíos"), _l("%(n)s novedades de franqueo"), icono="package"
)
