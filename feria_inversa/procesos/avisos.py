"""The kinds of notices of a call: acts of an entity notify with effect."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_CONVOCATORIA = clase(
    "feria.convocatoria",
    _l("Sus convocatorias"),
    _l("%(n)s novedades de sus convocatorias"),
    icono="megaphone",
)
AVISO_ACTO = clase("feria.acto", _l("Actos de contratación"), legal=True, icono="megaphone")
