"""The kind of notices of the roles."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_PAPEL = clase(
    "feria.papel",
    _l("Papeles en contrataciones"),
    _l("%(n)s novedades de sus papeles en contrataciones"),
    legal=True,
    icono="users",
)
