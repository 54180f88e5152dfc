"""The kinds of notices about where somebody works."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_AGENCIA = clase(
    "envios.agencia", _l("Su trabajo en agencias"), _l("%(n)s novedades de su trabajo"), icono="store"
)
