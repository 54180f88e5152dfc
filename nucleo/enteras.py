"""Whole pages that are drawn once for the same values, for who is nobody in particular.

`nucleo.web.pagina_recordada` keeps the body of a page by all that it shows. What each answer has of its own
(the nonce, the ids of forms) is a hole in what is kept; it is kept compressed too, for who takes it so.
"""

import itertools
import re
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar

from nucleo.ids import nuevo_id

_MARCA = secrets.token_hex(16)  # nobody can write it in a page: it is this process's, and never leaves it
_HUECO = re.compile(rf"{_MARCA}-([0-9]+)-".encode())
_EL_NONCE = 0
_CABEZA_GZIP = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
_FIN_DEFLATE = b"\x03\0"


class _Dibujo:
    """A page that is being drawn to be kept: the numbers of its holes, and whether it tells the hour."""

    def __init__(self) -> None:
        self.numeros: Iterator[int] = itertools.count(_EL_NONCE + 1)
        self.con_hora = False


_dibujo: ContextVar[_Dibujo | None] = ContextVar("dibujo", default=None)


def id_de_formulario() -> str:
    """A new id for a form that is shown; in a page that is drawn to be kept, the mark of its hole."""
    dibujo = _dibujo.get()
    return str(nuevo_id()) if dibujo is None else _marca(next(dibujo.numeros))


def dice_la_hora() -> None:
    """What is being drawn is true only now («hace 3 minutos»): it is not kept."""
    if (dibujo := _dibujo.get()) is not None:
        dibujo.con_hora = True


def _marca(numero: int) -> str:
    return f"{_MARCA}-{numero}-"


def dibujar(pagina: Callable[[str], str]) -> tuple["Entera", bool]:
    """What `pagina` draws with the nonce that it is given, and whether it may be kept."""
    dibujo = _Dibujo()
    ficha = _dibujo.set(dibujo)
    try:
        return Entera(pagina(_marca(_EL_NONCE))), not dibujo.con_hora
    finally:
        _dibujo.reset(ficha)


class Entera:
    """The body of a page with its holes."""

    def __init__(self, html: str) -> None:
        partes = _HUECO.split(html.encode())
        self._trozos: list[bytes] = partes[0::2]
        self._huecos = [int(numero) for numero in partes[1::2]]
        self._comprimidos: list[bytes] = []

    def __len__(self) -> int:
        return sum(map(len, self._trozos))

    def cuerpo(self, nonce: str) -> bytes:
        return b"".join(_intercalar(self._trozos, self._rellenos(nonce)))

    def comprimido(self, nonce: str) -> bytes:
        """The same as gzip: each piece was compressed once, by itself; what fills the holes goes as it is."""
        if not self._comprimidos:
            self._comprimidos = [_comprimir(trozo) for trozo in self._trozos]
        rellenos = self._rellenos(nonce)
        suma = largo = 0
        for pieza in _intercalar(self._trozos, rellenos):
            suma, largo = zlib.crc32(pieza, suma), largo + len(pieza)
        final = _FIN_DEFLATE + suma.to_bytes(4, "little") + largo.to_bytes(4, "little")
        piezas = _intercalar(self._comprimidos, [_tal_cual(relleno) for relleno in rellenos])
        return b"".join([_CABEZA_GZIP, *piezas, final])

    def _rellenos(self, nonce: str) -> list[bytes]:
        de_cada_uno = {numero: str(nuevo_id()).encode() for numero in set(self._huecos) - {_EL_NONCE}}
        de_cada_uno[_EL_NONCE] = nonce.encode()
        return [de_cada_uno[numero] for numero in self._huecos]


def _intercalar(trozos: list[bytes], rellenos: list[bytes]) -> Iterable[bytes]:
    yield trozos[0]
    for relleno, trozo in zip(rellenos, trozos[1:], strict=True):
        yield relleno
        yield trozo


def _comprimir(trozo: bytes) -> bytes:
    """Blocks of deflate that end at a whole byte and look at nothing before them."""
    compresor = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compresor.compress(trozo) + compresor.flush(zlib.Z_SYNC_FLUSH)


def _tal_cual(relleno: bytes) -> bytes:
    """A block of deflate that is not compressed."""
    largo = len(relleno)
    return b"\0" + largo.to_bytes(2, "little") + (0xFFFF - largo).to_bytes(2, "little") + relleno
