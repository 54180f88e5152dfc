"""The files of a month, written as the releases come: nothing of them stays in memory.

The same releases give the same bytes: no file tells when it was made.
"""

import csv
import gzip
import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Protocol, TextIO, cast

from feria_inversa.datos_abiertos.planas import PLANAS, Plana
from feria_inversa.datos_abiertos.publicar import leer

_NIVEL = 6
_SIN_FECHA = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can tell


class Clase(StrEnum):
    """A file of a month, by the end of its address."""

    RELEASES = "releases.jsonl.gz"
    COMPILADOS = "compiled.jsonl.gz"
    TABLAS = "csv.zip"

    @property
    def columna(self) -> str:
        """The one of `MesOcds` that names it."""
        return f"{self.name.lower()}_id"

    @property
    def tipo(self) -> str:
        return "application/zip" if self is Clase.TABLAS else "application/gzip"


class Publicada(Protocol):
    """A release; with the last one of a process, what all of them say together."""

    fecha: datetime
    contenido: str
    compilado: str | None


@dataclass(frozen=True, slots=True)
class Escrito:
    procesos: int
    publicaciones: int
    desde: datetime
    hasta: datetime


def escribir(publicadas: Iterable[Publicada], archivos: Mapping[Clase, BinaryIO]) -> Escrito | None:
    """What was written; None when there was no release."""
    desde = hasta = None
    procesos = publicaciones = 0
    with ExitStack() as pila:
        releases = pila.enter_context(_comprimido(archivos[Clase.RELEASES]))
        compilados = pila.enter_context(_comprimido(archivos[Clase.COMPILADOS]))
        tablas = pila.enter_context(_tablas(archivos[Clase.TABLAS]))
        for publicada in publicadas:
            releases.write(f"{publicada.contenido}\n".encode())
            publicaciones += 1
            desde = min(desde or publicada.fecha, publicada.fecha)
            hasta = max(hasta or publicada.fecha, publicada.fecha)
            if publicada.compilado is not None:
                procesos += 1
                compilados.write(f"{publicada.compilado}\n".encode())
                compilado = leer(publicada.compilado)
                for plana, tabla in tablas.items():
                    tabla.writerows(plana.filas(compilado))
    return Escrito(procesos, publicaciones, desde, hasta) if desde and hasta else None


def _comprimido(archivo: BinaryIO) -> gzip.GzipFile:
    return gzip.GzipFile("", "wb", _NIVEL, archivo, mtime=0)


@contextmanager
def _tablas(archivo: BinaryIO) -> Iterator[dict[Plana, Any]]:
    """A writer of CSV (RFC 4180) for each table; at the end they are put together."""
    with ExitStack() as pila:
        textos = {
            plana: cast(TextIO, pila.enter_context(TemporaryFile("w+", encoding="utf-8", newline="")))
            for plana in PLANAS
        }
        escritores = {plana: csv.writer(texto) for plana, texto in textos.items()}
        for plana, escritor in escritores.items():
            escritor.writerow(plana.encabezado)
        yield escritores
        with zipfile.ZipFile(archivo, "w", zipfile.ZIP_DEFLATED, compresslevel=_NIVEL) as juntas:
            for plana, texto in textos.items():
                _agregar(juntas, plana, texto)


def _agregar(juntas: zipfile.ZipFile, plana: Plana, texto: TextIO) -> None:
    texto.flush()
    ficha = zipfile.ZipInfo(f"{plana.nombre}.csv", _SIN_FECHA)
    ficha.compress_type, ficha.create_system, ficha.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    ficha.file_size = texto.buffer.seek(0, io.SEEK_END)
    texto.buffer.seek(0)
    with juntas.open(ficha, "w") as destino:
        shutil.copyfileobj(texto.buffer, destino)
