"""A file as somebody sent it: in a spool, read in pieces, gone when nobody looks at it any more."""

import hashlib
import io
import weakref
from typing import BinaryIO

from starlette.datastructures import UploadFile

TROZO = 64 * 1024


class Recibido:
    """A file that was sent. `nombre` is what its sender called it: to be shown, never to be believed.

    The server spools it (in memory up to 1 MB, then on disk), so that many at once are not as many in memory.
    """

    def __init__(self, nombre: str, flujo: BinaryIO, tamano: int) -> None:
        self.nombre = nombre
        self.tamano = tamano
        self._flujo = flujo
        # With the last reference to it, whatever became of its request.
        weakref.finalize(self, flujo.close)

    @classmethod
    def de(cls, subido: UploadFile) -> "Recibido":
        """A part of a form or of a request of the API; its `UploadFile` must not be closed by others."""
        return cls(subido.filename or "", subido.file, subido.size or 0)

    @classmethod
    def de_bytes(cls, contenido: bytes, nombre: str = "") -> "Recibido":
        return cls(nombre, io.BytesIO(contenido), len(contenido))

    def abrir(self) -> BinaryIO:
        """Its bytes from the first one on. There is one cursor: whoever reads next begins again."""
        self._flujo.seek(0)
        return self._flujo

    def principio(self, cuantos: int) -> bytes:
        return self.abrir().read(cuantos)

    def huella(self) -> bytes:
        """The SHA-256 of its bytes."""
        suma, flujo = hashlib.sha256(), self.abrir()
        while trozo := flujo.read(TROZO):
            suma.update(trozo)
        return suma.digest()

    @property
    def contenido(self) -> bytes:
        """All of it in memory: only after its size was judged, and only what is small."""
        return self.abrir().read()
