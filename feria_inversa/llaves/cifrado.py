"""Files that go with a sealed text: encrypted with a key that only the text says (AES-256-GCM).

Their length is that of whole blocks: what it tells of a file is little. `static/feria_inversa/ofertar.js`
does the same in the browser.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from feria_inversa.llaves.hpke import NoAbre

BLOQUE = 256 * 1024
_NONCE, _SELLO = 12, 16


def tamano_cifrado(contenido: int) -> int:
    """The bytes of a file of so many once it is encrypted."""
    return _NONCE + (contenido // BLOQUE + 1) * BLOQUE + _SELLO


def es_tamano_cifrado(tamano: int) -> bool:
    bloques, resto = divmod(tamano - _NONCE - _SELLO, BLOQUE)
    return bloques > 0 and not resto


def cifrar(clave: bytes, info: str, contenido: bytes) -> bytes:
    """A file, padded (ISO/IEC 7816-4) and encrypted for `info`: it opens as no other."""
    nonce = secrets.token_bytes(_NONCE)
    largo = tamano_cifrado(len(contenido)) - _NONCE - _SELLO
    return nonce + AESGCM(clave).encrypt(nonce, (contenido + b"\x80").ljust(largo, b"\0"), info.encode())


def descifrar(clave: bytes, info: str, cifrado: bytes) -> bytes:
    """Raises `NoAbre`."""
    try:
        relleno = AESGCM(clave).decrypt(cifrado[:_NONCE], cifrado[_NONCE:], info.encode())
    except (InvalidTag, ValueError) as error:
        raise NoAbre(str(error)) from error
    contenido, marca, detras = relleno.rstrip(b"\0").rpartition(b"\x80")
    if not marca or detras:
        raise NoAbre("no padding")
    return contenido
