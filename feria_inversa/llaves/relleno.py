"""Padding: the length of an envelope tells nothing of what is in it.

All the bids of a process have one length: what it takes to offer each of its items with the longest texts
that a line may have, and to name a file for each document that it asks for. Nobody's is longer, and nobody's
is shorter.
"""

BYTES_DE_CABECERA = 1_024
BYTES_POR_ITEM = 4_864
"""A line of compact JSON: 1.120 letters of up to four bytes, and its names and numbers."""
BYTES_POR_ARCHIVO = 256
"""The number of a document and two digests."""


class NoCabe(ValueError):
    """More than an envelope may hold."""


def tamano_para(items: int, pedidos: int = 0) -> int:
    """The bytes of what is sealed for so many items and documents asked for, whatever is said."""
    return BYTES_DE_CABECERA + items * BYTES_POR_ITEM + pedidos * BYTES_POR_ARCHIVO


def rellenar(dicho: bytes, items: int, pedidos: int = 0) -> bytes:
    """ISO/IEC 7816-4: a byte 80, then zeros. Raises `NoCabe`."""
    tamano = tamano_para(items, pedidos)
    if len(dicho) >= tamano:
        raise NoCabe
    return (dicho + b"\x80").ljust(tamano, b"\0")


def sin_relleno(relleno: bytes) -> bytes:
    """What was said. Raises `ValueError` when there is no padding."""
    dicho, marca, detras = relleno.rstrip(b"\0").rpartition(b"\x80")
    if not marca or detras:
        raise ValueError("no padding")
    return dicho
