"""The records of a CSV, one at a time, whatever the file holds: a record is in memory, never more than 64 KB.

Quotes may hold line breaks. One that is never closed, or is closed by that of another row (inch marks come
alone too), spoils its own line only: reading goes on below it.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from feria_inversa.importar.estados import Motivo

REGISTRO_MAXIMO = 64 * 1024
BLOQUE = 100
"""Lines that are looked at together; where one is not a record by itself, they are read one by one."""
_MARCA = b"\xef\xbb\xbf"
"""What some programs leave before the heading."""
_OTRA_FILA = re.compile(rb'\s*"?\s*[0-9]{2}\s*-\s*[0-9A-Za-z]{2,4}\s*-\s*[0-9]{1,2}\s*-\s*[0-9]')
"""How a line begins that is another row: by the code of a process, even if it is not well written."""


class Ancho(NamedTuple):
    """What a row is: how many columns, and whether one is a person, who is never to be read in another."""

    columnas: int
    con_personas: bool


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

    def bloque(self) -> list[bytes]:
        """Some lines as `leer` gives them, up to one record's bytes and the line that passes them; none at
        the end."""
        partes: list[bytes] = []
        largo = 0
        while largo <= REGISTRO_MAXIMO and len(partes) < BLOQUE and (parte := self.leer()):
            partes.append(parte)
            largo += len(parte)
        return partes

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
                self.devolver(partes[1:])
                return None
            abierta = abierta != bool(parte.count(b'"') % 2)
        return partes

    def devolver(self, partes: Sequence[bytes]) -> None:
        """They are read again, as the next ones."""
        self.devueltas.extendleft(reversed([parte for parte in partes if parte]))


def registros(
    flujo: BinaryIO, byte: int = 0, lineas: int = 0, ancho: Ancho | None = None
) -> Iterator[Registro]:
    """Those from `byte` on, which is where line `lineas` ends. Lines without anything are no records.
    `ancho` is not known of the heading only."""
    flujo.seek(byte)
    if byte == 0 and flujo.read(len(_MARCA)) == _MARCA:
        byte = len(_MARCA)
    flujo.seek(byte)
    fisicas, lector = _Fisicas(flujo), _Lector()
    while True:
        if ancho is not None and not fisicas.devueltas:
            bloque = fisicas.bloque()
            if (filas := _una_por_linea(bloque)) is not None:
                for crudo, celdas_de_una in zip(bloque, filas, strict=True):
                    byte, lineas = byte + len(crudo), lineas + 1
                    yield Registro(lineas, byte, lineas, celdas_de_una)
                if not bloque:
                    return
                continue
            fisicas.devolver(bloque)
        primera = fisicas.leer()
        if not primera:
            return
        linea = lineas + 1
        if len(primera) > REGISTRO_MAXIMO:
            byte += len(primera) + (0 if primera.endswith(b"\n") else fisicas.saltar())
            lineas += 1
            yield Registro(linea, byte, lineas, None, Motivo.LARGA, _visible(primera[:400]))
            continue
        if primera.count(b'"') % 2 and (partes := fisicas.completar(primera)) is not None:
            crudo = b"".join(partes)
            registro = _registro(lector, linea, byte + len(crudo), lineas + len(partes), crudo, ancho)
            celdas = registro.celdas
            if celdas is not None and (ancho is None or len(celdas) == ancho.columnas):
                byte, lineas = registro.byte, registro.lineas
                yield registro
                continue
            fisicas.devolver(partes[1:])
        byte, lineas = byte + len(primera), linea
        if not primera.isspace():
            yield _registro(lector, linea, byte, lineas, primera, ancho)


def _una_por_linea(bloque: Sequence[bytes]) -> list[list[str]] | None:
    """The cells of lines each of which is a record, whole and well written; None if one may not be."""
    junto = b"".join(bloque)
    if (
        b"\x00" in junto
        or junto.count(b"\r") != junto.count(b"\r\n")
        or any(linea.count(b'"') % 2 or len(linea) > REGISTRO_MAXIMO or linea.isspace() for linea in bloque)
    ):
        return None
    try:
        filas = list(csv.reader([linea.decode("utf-8") for linea in bloque], strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return filas if len(filas) == len(bloque) else None


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


def _lleva_otra_fila(crudo: bytes, ancho: Ancho) -> bool:
    """Whether a line below its first is one: by its code; where there are persons, also if it alone has as
    many cells as a row."""
    lineas = crudo.splitlines()
    return len(lineas) > 1 and any(
        _OTRA_FILA.match(linea) or (ancho.con_personas and linea.count(b",") >= ancho.columnas - 1)
        for linea in lineas[1:]
    )


def _registro(
    lector: _Lector, linea: int, byte: int, lineas: int, crudo: bytes, ancho: Ancho | None
) -> Registro:
    if b"\x00" in crudo:
        return Registro(linea, byte, lineas, None, Motivo.NULO, _visible(crudo))
    if ancho is not None and _lleva_otra_fila(crudo, ancho):
        return Registro(linea, byte, lineas, None, Motivo.COMILLAS, _visible(crudo))
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
