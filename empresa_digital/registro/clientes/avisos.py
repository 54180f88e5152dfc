"""The kind of notice about the programs of a unit."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_PROGRAMA = clase(
    "registro.programa",
    _l("Programas conectados"),
    _l("%(n)s avisos de sus programas"),
    icono="plug",
)
