"""Where the bytes of a file of history are read from: plain, or compressed with gzip or xz."""

import gzip
import hashlib
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from feria_inversa.importar.errores import HistoriaIlegible
from feria_inversa.importar.estados import Formato, Motivo
from feria_inversa.importar.formatos import reconocer
from feria_inversa.importar.registros import como_se_ve, registros
from nucleo.archivos.recibido import TROZO
from nucleo.textos import gettext as _

_COMPRIMIDOS = ((b"\x1f\x8b", gzip.open), (b"\xfd7zXZ\x00", lzma.open))


@dataclass(frozen=True, slots=True)
class Origen:
    """`abrir` gives its bytes from the first one on, each time; whoever asks closes them. `marca` is another
    once they change."""

    nombre: str
    abrir: Callable[[], BinaryIO]
    marca: Callable[[], object] = lambda: None

    @classmethod
    def de_ruta(cls, ruta: Path) -> "Origen":
        """A file of this machine. Raises `OSError` when it is opened and is not there."""
        return cls(ruta.name, lambda: _abrir(ruta), lambda: _marca(ruta))


def _marca(ruta: Path) -> tuple[int, ...]:
    hay = ruta.stat()
    return hay.st_dev, hay.st_ino, hay.st_size, hay.st_mtime_ns


def _abrir(ruta: Path) -> BinaryIO:
    with ruta.open("rb") as flujo:
        abrir = _como_se_abre(flujo)
    return cast(BinaryIO, abrir(ruta, "rb")) if abrir else ruta.open("rb")


def descomprimido(flujo: BinaryIO) -> BinaryIO:
    """What an open file says, from its first byte on. Whoever opened it closes it."""
    abrir = _como_se_abre(flujo)
    return cast(BinaryIO, abrir(flujo, "rb")) if abrir else flujo


def _como_se_abre(flujo: BinaryIO) -> Callable[..., object] | None:
    """By what its first bytes say that it is compressed with; None of a plain one. It is read again."""
    principio = flujo.read(6)
    flujo.seek(0)
    return next((abrir for marca, abrir in _COMPRIMIDOS if principio.startswith(marca)), None)


@contextmanager
def sin_danio() -> Iterator[None]:
    """While it is read. Raises `HistoriaIlegible` of what does not decompress."""
    try:
        yield
    except (gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        raise HistoriaIlegible(_("El archivo comprimido está cortado o dañado.")) from error


@dataclass(frozen=True, slots=True)
class Examen:
    formato: Formato
    sha256: str
    bytes: int


def examinar(origen: Origen) -> Examen:
    """What file it is, without keeping any of it. Raises `HistoriaIlegible`."""
    with origen.abrir() as flujo:
        return examen_de(flujo)


def examen_de(flujo: BinaryIO, bytes_maximos: int | None = None) -> Examen:
    """What an open one is. Raises `HistoriaIlegible`, also when it says more than so many bytes."""
    suma, cuantos = hashlib.sha256(), 0
    with sin_danio():
        while trozo := flujo.read(TROZO):
            suma.update(trozo)
            cuantos += len(trozo)
            if bytes_maximos is not None and cuantos > bytes_maximos:
                de_mas = _("Descomprimido, el archivo pesa más de %(mb)s MB: pártalo en varios.")
                raise HistoriaIlegible(de_mas % {"mb": bytes_maximos // 1_000_000})
        formato = _formato(flujo)  # once it is known how much it is: its first line may be all of it
    return Examen(formato, suma.hexdigest(), cuantos)


def _formato(flujo: BinaryIO) -> Formato:
    cabeza = next(registros(flujo), None)
    if cabeza is None:
        raise HistoriaIlegible(_("El archivo está vacío."))
    formato = reconocer(cabeza.celdas) if cabeza.celdas else None
    if formato is not None:
        return formato
    if cabeza.motivo is Motivo.NULO:
        raise HistoriaIlegible(
            _("La primera línea tiene bytes nulos: quizá está en UTF-16. Guárdelo como CSV en UTF-8.")
        )
    leido = ", ".join(como_se_ve(celda)[:30] for celda in (cabeza.celdas or [])[:8])
    raise HistoriaIlegible(
        _(
            "La primera línea no es la de ningún archivo de SICOES que se lea (convocatorias de un mes,"
            " procesos, ítems o adjudicados, separados por comas). Se leyó: %(leido)s."
        )
        % {"leido": leido or cabeza.texto[:60] or "—"}
    )
