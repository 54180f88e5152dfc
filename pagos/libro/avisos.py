"""The kinds of notices about accounts and the money that comes to them."""

from ciudadania import clase
from nucleo.textos import perezoso as _l

AVISO_RECIBIDO = clase("pagos.recibido", _l("Dinero recibido"), _l("Recibió %(n)s pagos"), icono="wallet")
AVISO_CUENTA = clase("pagos.cuenta", _l("Cuentas congeladas"), legal=True, icono="wallet")
