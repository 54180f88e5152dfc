"""The six digits a recipient gives at the door: computed from the platform's secret, stored nowhere.

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


def codigo_de(envio_id: UUID, version: int) -> str:
    """The code of a shipment, e.g. ``"042917"``."""
    assert version >= 1
    secreto = ajustes().secreto.get_secret_value().encode()
    clave = hmac.digest(secreto, _USO, hashlib.sha256)
    resumen = hmac.digest(clave, envio_id.bytes + version.to_bytes(4, "big"), hashlib.sha256)
    return f"{int.from_bytes(resumen[:8], 'big') % 10**DIGITOS:0{DIGITOS}d}"


def leer_codigo(dicho: str) -> str | None:
    """The six digits that the person typed, with spaces and dashes or without; None if they are not six."""
    limpio = dicho.replace(" ", "").replace("-", "")
    return limpio if re.fullmatch(rf"[0-9]{{{DIGITOS}}}", limpio) else None


def coincide(envio_id: UUID, version: int, codigo: str) -> bool:
    """Compare what `leer_codigo` read, in constant time."""
    return hmac.compare_digest(codigo_de(envio_id, version), codigo)
