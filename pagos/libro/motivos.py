"""Why money moves, which the owners of both accounts decide."""

from nucleo.errores import Prohibido
from nucleo.textos import gettext as _
from pagos.libro.tipos import Codigo, TipoTitular


def codigo_de(paga: TipoTitular | None, recibe: TipoTitular | None) -> Codigo:
    """Why the money moves, which the owners of both accounts decide.

    Raises `Prohibido` for an account of the platform or of a matter, which nobody pays directly.
    """
    if recibe in (TipoTitular.SISTEMA, TipoTitular.ASUNTO):
        raise Prohibido(_("A las cuentas de la plataforma no se les transfiere directamente."))
    if recibe == TipoTitular.UNIDAD:
        return Codigo.PAGO_COMERCIO
    return Codigo.PLANILLA if paga == TipoTitular.UNIDAD else Codigo.ENVIO
