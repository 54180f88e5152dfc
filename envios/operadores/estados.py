"""The life of an agency: it closes with a reason, and may open again."""

from envios.operadores.errores import PasoDeAgencia
from envios.operadores.tipos import EstadoAgencia
from nucleo.vidas import Vida

_E = EstadoAgencia

VIDA_AGENCIA = Vida(
    "envios_agencia",
    EstadoAgencia,
    {_E.ABIERTA: [_E.CERRADA], _E.CERRADA: [_E.ABIERTA]},
    nace=[_E.ABIERTA],
    fines=[],
    error=PasoDeAgencia,
)
