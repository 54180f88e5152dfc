"""The kind of notices of a purchase order."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_ORDEN = clase("feria.orden", _l("Órdenes de compra"), legal=True, icono="megaphone")
