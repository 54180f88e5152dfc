"""What was read of a long file, to know it when it comes again: twelve bytes a text."""

from array import array
from bisect import bisect_left
from hashlib import blake2b


class YaLeidas:
    """The first number of each text. Texts are known by 64 bits of their digest: that two of ten thousand
    share them has one chance in 10^11."""

    def __init__(self) -> None:
        self._huellas, self._numeros = array("Q"), array("I")

    def numero(self, texto: str) -> int | None:
        i, huella = self._donde(texto)
        hay = i < len(self._huellas) and self._huellas[i] == huella
        return self._numeros[i] if hay else None

    def anotar(self, texto: str, numero: int) -> None:
        """If it was noted already, that stays."""
        i, huella = self._donde(texto)
        if i == len(self._huellas) or self._huellas[i] != huella:
            self._huellas.insert(i, huella)
            self._numeros.insert(i, numero)

    def _donde(self, texto: str) -> tuple[int, int]:
        huella = int.from_bytes(blake2b(texto.encode(), digest_size=8).digest())
        return bisect_left(self._huellas, huella), huella
