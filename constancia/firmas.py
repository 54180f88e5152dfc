"""Signatures of tree heads: Ed25519 (RFC 8032) over the bytes of RFC 9162 §4.10, and the ids of keys.

What is signed is `TreeHeadDataV2`: timestamp in milliseconds since 1970 (8 bytes), tree_size (8), root_hash
with its length (1 + 32) and no extensions (2), big-endian. The id of a key is the log id of RFC 6962 §3.2:
SHA-256 of its SubjectPublicKeyInfo.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from nucleo.configuracion import PREFIJO_DEMO, ajustes

_SPKI = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: the algorithm, then the 32 bytes of the key
_EPOCA = datetime(1970, 1, 1, tzinfo=UTC)
MILISEGUNDO = timedelta(milliseconds=1)


def clave_privada() -> Ed25519PrivateKey:
    """The key that signs from now on, from `QHATU_CONSTANCIA_CLAVE` (32 bytes in hexadecimal)."""
    secreto = ajustes().constancia_clave.get_secret_value().removeprefix(PREFIJO_DEMO)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secreto))


def id_de_clave(publica: bytes) -> bytes:
    return hashlib.sha256(_SPKI + publica).digest()


def bytes_de_cabeza(tamano: int, instante: datetime, raiz: bytes) -> bytes:
    """What a head's signature covers. `instante` has whole milliseconds."""
    milisegundos, resto = divmod(instante - _EPOCA, MILISEGUNDO)
    assert not resto
    assert len(raiz) == 32
    return milisegundos.to_bytes(8, "big") + tamano.to_bytes(8, "big") + b"\x20" + raiz + b"\x00\x00"


def firma_valida(publica: bytes, firma: bytes, mensaje: bytes) -> bool:
    """Whether the key signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(publica).verify(firma, mensaje)
    except (InvalidSignature, ValueError):
        return False
    return True
