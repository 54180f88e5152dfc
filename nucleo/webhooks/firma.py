"""Signatures and secrets of Standard Webhooks, and how the secrets are kept.

Only signing is ours, three lines; that what we sign is what receivers verify, the standard's own library says
in the tests.
"""

import base64
import hmac
import secrets

from nucleo.cofre import cofre

PREFIJO = "whsec_"


def nuevo_secreto() -> str:
    return PREFIJO + base64.b64encode(secrets.token_bytes(32)).decode()


def firmar(secreto: str, mensaje_id: str, instante: int, cuerpo: bytes) -> str:
    """`v1,<base64 of HMAC-SHA256 of "id.timestamp.body">`; `secreto` is base64 after `whsec_`."""
    clave = base64.b64decode(secreto.removeprefix(PREFIJO), validate=True)
    assert clave
    contenido = f"{mensaje_id}.{instante}.".encode() + cuerpo
    return "v1," + base64.b64encode(hmac.digest(clave, contenido, "sha256")).decode()


def cifrar(secreto: str) -> bytes:
    return cofre("webhooks").encrypt(secreto.encode())


def descifrar(cifrado: bytes) -> str:
    return cofre("webhooks").decrypt(bytes(cifrado)).decode()
