"""Envelopes that only a key opens: HPKE (RFC 9180), base mode, X25519, HKDF-SHA256, AES-128-GCM.

The library does the envelope (`enc || ct`, no associated data); what it lacks, a pair derived from a
secret that a person keeps on paper (RFC 9180 §7.1.3), is here. `static/feria_inversa/hpke.js` is the same
in the browser.
"""

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
_KEM = b"KEM" + (0x20).to_bytes(2, "big")
BYTES_DE_MAS = 32 + 16
"""What an envelope has besides what it holds: the ephemeral key and the tag."""


class NoAbre(ValueError):
    """This key does not open this envelope, or the envelope is for something else."""


def sellar(publica: bytes, info: str, claro: bytes) -> bytes:
    """An envelope for who holds a key; it opens only with the same `info`. `NoAbre` if that is no key."""
    try:
        return bytes(_SUITE.encrypt(claro, X25519PublicKey.from_public_bytes(publica), info.encode()))
    except ValueError as error:
        raise NoAbre(str(error)) from error


def abrir(privada: bytes, info: str, sobre: bytes) -> bytes:
    """What an envelope holds. Raises `NoAbre`."""
    try:
        return bytes(_SUITE.decrypt(sobre, X25519PrivateKey.from_private_bytes(privada), info.encode()))
    except (InvalidTag, ValueError) as error:
        raise NoAbre(str(error)) from error


def publica_de(privada: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(privada).public_key().public_bytes_raw()


def privada_de(secreto: bytes) -> bytes:
    """The private key that a secret gives (`DeriveKeyPair`). The secret must be impossible to guess."""
    prk = hmac.digest(b"\0" * 32, b"HPKE-v1" + _KEM + b"dkp_prk" + secreto, "sha256")
    return hmac.digest(prk, (32).to_bytes(2, "big") + b"HPKE-v1" + _KEM + b"sk" + b"\1", "sha256")
