"""Random secrets for cookies, tokens and clients, of which only the SHA-256 is ever stored.

A plain hash is enough: the secrets have 256 bits of entropy, nobody guesses them from the hash.
"""

import hashlib
import secrets


def nuevo_secreto(prefijo: str = "") -> str:
    return prefijo + secrets.token_urlsafe(32)


def huella(secreto: str) -> bytes:
    return hashlib.sha256(secreto.encode()).digest()
