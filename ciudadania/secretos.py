"""Random secrets for cookies, tokens and clients, of which only the SHA-256 is ever stored.

A plain hash is enough: the secrets have more than 230 bits of entropy, nobody guesses them from the hash.
"""

import hashlib
import secrets
import string
import zlib

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_CUERPO = 40  # 238 bits
_SUMA = 6  # 32 bits in base 62


def nuevo_secreto() -> str:
    return secrets.token_urlsafe(32)


def nuevo_secreto_reconocible(prefijo: str) -> str:
    """Prefix, body, and a checksum of both (as GitHub's): a scanner of leaked secrets knows it for certain,
    and whoever copied it badly is told so."""
    cuerpo = prefijo + "".join(secrets.choice(BASE62) for _letra in range(_CUERPO))
    return cuerpo + _suma(cuerpo)


def esta_bien_copiado(secreto: str, prefijo: str) -> bool:
    """Whether it could be one of ours: prefix, length and checksum agree. It opens nothing."""
    if len(secreto) != len(prefijo) + _CUERPO + _SUMA or not secreto.startswith(prefijo):
        return False
    return secreto.endswith(_suma(secreto[:-_SUMA]))


def _suma(cuerpo: str) -> str:
    resto, letras = zlib.crc32(cuerpo.encode("utf-8", "replace")), ""
    for _letra in range(_SUMA):
        resto, cifra = divmod(resto, len(BASE62))
        letras = BASE62[cifra] + letras
    return letras


def huella(secreto: str) -> bytes:
    return hashlib.sha256(secreto.encode("utf-8", "replace")).digest()
