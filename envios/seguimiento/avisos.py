"""The kinds of notices about shipments."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_ENVIO = clase(
    "envios.envio", _l("Envíos"), _l("%(n)s novedades de un envío"), por_objeto=True, icono="truck"
)
