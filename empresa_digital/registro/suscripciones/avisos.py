"""The kinds of notices about what a unit's own systems are told."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_SISTEMAS = clase(
    "registro.sistemas",
    _l("Avisos a sus sistemas"),
    _l("%(n)s novedades de los avisos a sus sistemas"),
    icono="webhook",
)
