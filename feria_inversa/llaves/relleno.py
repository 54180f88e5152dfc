"""Padding: the length of an envelope tells nothing of what is in it.

All the bids of a process are as long as each other: as many bytes as the items that it asks for, whatever is
offered. Who writes much more than is usual takes the next size, a power of two.
"""

BYTES_MINIMOS = 2_048
BYTES_POR_ITEM = 384
BYTES_MAXIMOS = 1_048_576


class NoCabe(ValueError):
    """More than an envelope may hold."""


def tamano_para(items: int, largo: int = 0) -> int:
    """The bytes of what is sealed for so many items, when `largo` bytes are said. Raises `NoCabe`."""
    tamano = BYTES_MINIMOS
    while tamano < max(items * BYTES_POR_ITEM, largo + 1):
        tamano *= 2
    if tamano > BYTES_MAXIMOS:
        raise NoCabe
    return tamano


def rellenar(dicho: bytes, items: int) -> bytes:
    """ISO/IEC 7816-4: a byte 80, then zeros. Raises `NoCabe`."""
    return (dicho + b"\x80").ljust(tamano_para(items, len(dicho)), b"\0")


def sin_relleno(relleno: bytes) -> bytes:
    """What was said. Raises `ValueError` when there is no padding."""
    dicho, marca, _ceros = relleno.rstrip(b"\0").rpartition(b"\x80")
    if not marca or _ceros:
        raise ValueError("no padding")
    return dicho
