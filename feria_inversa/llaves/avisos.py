"""The kind of notice that holders of keys get."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_DE_LLAVE = clase(
    "feria.llave", _l("Llaves de los sobres que usted guarda"), _l("Qué hace falta de su parte."), legal=True
)
