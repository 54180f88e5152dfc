"""The kinds of notices about receiving a parcel."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_ENTREGA = clase(
    "envios.entrega",
    _l("Cómo recibe sus envíos"),
    _l("%(n)s novedades de un envío"),
    por_objeto=True,
    icono="package-check",
)
