"""The records of a CSV, one at a time, whatever the file holds: a record is in memory, never more than 64 KB.

Quotes may hold line breaks. One that is never closed spoils its own line only: reading goes on below it.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from feria_inversa.importar.estados import Motivo

REGISTRO_MAXIMO = 64 * 1024
_MARCA = b"\xef\xbb\xbf"
"""What some programs leave before the heading."""


class Registro(NamedTuple):
    """`linea` is its first line, from 1; `byte` and `lineas`, where the next one begins. `motivo`: why it has
    no cells, or what is to be known of how they were read."""

    linea: int
    byte: int
    lineas: int
    celdas: list[str] | None
    motivo: Motivo | None = None
    texto: str = ""


@dataclass(slots=True)
class _Fisicas:
    """The lines of the file, with those that were given back."""

    flujo: BinaryIO
    devueltas: deque[bytes] = field(default_factory=deque)

    def leer(self) -> bytes:
        """The next one with its end, or the first 64 KB of one that is longer; nothing at the end."""
        return self.devueltas.popleft() if self.devueltas else self.flujo.readline(REGISTRO_MAXIMO + 1)

    def saltar(self) -> int:
        """Go to the end of a line that is too long; how many bytes that was."""
        saltados = 0
        while trozo := self.flujo.readline(REGISTRO_MAXIMO):
            saltados += len(trozo)
            if trozo.endswith(b"\n"):
                break
        return saltados

    def completar(self, primera: bytes) -> list[bytes] | None:
        """The lines of a record whose first one leaves a quote open; None, and none is taken, if it is never
        closed within what a record may be."""
        partes, largo, abierta = [primera], len(primera), True
        while abierta:
            parte = self.leer()
            partes.append(parte)
            largo += len(parte)
            if not parte or largo > REGISTRO_MAXIMO:
                self.devueltas.extendleft(reversed([p for p in partes[1:] if p]))
                return None
            abierta = abierta != bool(parte.count(b'"') % 2)
        return partes


def registros(flujo: BinaryIO, byte: int = 0, lineas: int = 0) -> Iterator[Registro]:
    """Those from `byte` on, which is where line `lineas` ends. Lines without anything are no records."""
    flujo.seek(byte)
    fisicas, lector = _Fisicas(flujo), _Lector()
    while primera := fisicas.leer():
        linea, crudo = lineas + 1, primera
        if len(primera) > REGISTRO_MAXIMO:
            byte += len(primera) + (0 if primera.endswith(b"\n") else fisicas.saltar())
            lineas += 1
            yield Registro(linea, byte, lineas, None, Motivo.LARGA, _visible(primera[:400]))
            continue
        lineas += 1
        if primera.count(b'"') % 2 and (partes := fisicas.completar(primera)) is not None:
            crudo = b"".join(partes)
            lineas += len(partes) - 1
        byte += len(crudo)
        if linea == 1:
            crudo = crudo.removeprefix(_MARCA)
        if not crudo.isspace():
            yield _registro(lector, linea, byte, lineas, crudo)


class _Lector:
    """A reader of CSV that is given one record after another: making one for each costs more than to read."""

    def __init__(self) -> None:
        self._texto: str | None = None
        self._lector = csv.reader(self, strict=True)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        texto, self._texto = self._texto, None
        if texto is None:
            raise StopIteration
        return texto

    def celdas(self, texto: str) -> list[str]:
        """Those of one record. Raises `csv.Error`."""
        self._texto = texto
        return next(self._lector)


def _registro(lector: _Lector, linea: int, byte: int, lineas: int, crudo: bytes) -> Registro:
    if b"\x00" in crudo:
        return Registro(linea, byte, lineas, None, Motivo.NULO, _visible(crudo))
    motivo = None
    try:
        texto = crudo.decode("utf-8")
    except UnicodeDecodeError:
        motivo = Motivo.EN_1252
        try:
            texto = crudo.decode("cp1252")
        except UnicodeDecodeError:
            return Registro(linea, byte, lineas, None, Motivo.CODIFICACION, _visible(crudo))
    try:
        celdas = lector.celdas(texto)
    except csv.Error:
        return Registro(linea, byte, lineas, None, Motivo.COMILLAS, _visible(crudo))
    return Registro(linea, byte, lineas, celdas, motivo)


def _visible(crudo: bytes) -> str:
    return como_se_ve(crudo[:400].decode("utf-8", errors="replace"))


def como_se_ve(texto: str) -> str:
    """The beginning of it on one line, to be told in a report."""
    return "".join(letra if letra.isprintable() else " " for letra in texto[:400]).strip()[:200]
