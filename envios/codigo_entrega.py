"""The six digits a recipient gives at the door: computed from the platform's secret, stored nowhere.

A copy of the database therefore delivers nothing. Renewing a code raises the version that enters the
computation; guessing is stopped by `FALLOS_MAXIMOS` wrong codes, after which only the recipient can renew.
"""

import hashlib
import hmac
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


def coincide(envio_id: UUID, version: int, dicho: str) -> bool:
    """Compare in constant time; spaces and dashes in what the person typed are ignored."""
    limpio = dicho.replace(" ", "").replace("-", "")
    return hmac.compare_digest(codigo_de(envio_id, version).encode(), limpio.encode("utf-8", "replace"))
