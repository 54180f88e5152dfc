"""What the database keeps but a copy of it must not tell, under keys of the platform's own secret."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet

from nucleo.configuracion import ajustes


@lru_cache
def cofre(para: str) -> Fernet:
    """The box of one purpose; what one closes no other opens."""
    raiz = ajustes().secreto.get_secret_value().encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{para}:".encode() + raiz).digest()))
