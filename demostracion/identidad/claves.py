"""The provider's RSA key, made at its first start and kept under the data folder."""

import os
from pathlib import Path

from joserfc.jwk import RSAKey

_BITS = 2048


def cargar_o_crear(ruta: Path) -> RSAKey:
    """The key at `ruta`; a missing one is made, readable by its owner only."""
    if ruta.exists():
        return RSAKey.import_key(ruta.read_bytes(), {"use": "sig"})
    clave = RSAKey.generate_key(_BITS, {"use": "sig"})
    ruta.parent.mkdir(parents=True, exist_ok=True)
    temporal = ruta.with_suffix(f".{os.getpid()}")
    descriptor = os.open(temporal, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as archivo:
        archivo.write(clave.as_pem(private=True))
    temporal.replace(ruta)
    return clave
