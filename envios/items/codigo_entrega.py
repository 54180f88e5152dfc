"""The code a recipient gives at the door: six digits computed from the platform's secret, stored nowhere, and
a seventh that catches typing errors where there is no network (Damm).

A copy of the database therefore delivers nothing. Renewing a code raises the version that enters the
computation; guessing is stopped by `FALLOS_MAXIMOS` wrong codes, after which only the recipient can renew.
"""

import hashlib
import hmac
import re
from uuid import UUID

from nucleo.configuracion import ajustes

DIGITOS = 6
FALLOS_MAXIMOS = 5
_USO = b"qhatu/envios/codigo-entrega/1"
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def codigo_de(envio_id: UUID, version: int) -> str:
    """The code of a shipment, e.g. ``"042917"``."""
    assert version >= 1
    secreto = ajustes().secreto.get_secret_value().encode()
    clave = hmac.digest(secreto, _USO, hashlib.sha256)
    resumen = hmac.digest(clave, envio_id.bytes + version.to_bytes(4, "big"), hashlib.sha256)
    return f"{int.from_bytes(resumen[:8], 'big') % 10**DIGITOS:0{DIGITOS}d}"


def damm(digitos: str) -> int:
    """The check digit (H. M. Damm, 2004): it catches any wrong digit and any two neighbours swapped. A number
    with its own check digit gives 0.
    """
    estado = 0
    for digito in digitos:
        estado = _DAMM[estado][int(digito)]
    return estado


def con_control(codigo: str) -> str:
    """As the recipient says it, e.g. ``"0429175"``: the seventh digit says nothing that the six do not."""
    return f"{codigo}{damm(codigo)}"


def codigo_dicho(id: UUID, version: int) -> str:
    """The code of what is handed over, with its check digit. Show it only to who receives it."""
    return con_control(codigo_de(id, version))


def leer_codigo(dicho: str) -> str | None:
    """The six digits of what the person typed, with spaces and dashes or without; None if it is no code.

    With its seventh digit, which must fit; or without it, as codes were given once.
    """
    limpio = dicho.replace(" ", "").replace("-", "")
    if not re.fullmatch(rf"[0-9]{{{DIGITOS},{DIGITOS + 1}}}", limpio):
        return None
    return limpio[:DIGITOS] if len(limpio) == DIGITOS or damm(limpio) == 0 else None


def coincide(envio_id: UUID, version: int, codigo: str) -> bool:
    """Compare what `leer_codigo` read, in constant time."""
    return hmac.compare_digest(codigo_de(envio_id, version), codigo)


def abre(envio_id: UUID, version: int, tercero: UUID | None, codigo: str) -> bool:
    """Whether what was read is the recipient's code, or that of whom they named (`codigo_de_tercero`)."""
    return coincide(envio_id, version, codigo) or (tercero is not None and coincide(tercero, 1, codigo))
