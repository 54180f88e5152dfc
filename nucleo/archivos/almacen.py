"""The bytes: content-addressed, over fsspec; a local folder by default, S3-compatible storage by URL.

A file is written before the transaction that keeps it commits, so that whoever finds the row finds the bytes.
A transaction that wrote some and did not keep them, or forgot them, takes them away when it ends; the sweep,
what a crash leaves.
Whoever writes or takes away one content holds its lock meanwhile.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, BinaryIO

import fsspec
import structlog
from fsspec.implementations.local import LocalFileSystem
from sqlalchemy import delete, event
from sqlalchemy.orm import Session as SesionSqlAlchemy
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session, col, select

from nucleo.archivos.consultas import de_nadie
from nucleo.archivos.modelos import Contenido
from nucleo.archivos.recibido import TROZO
from nucleo.bd import transaccion
from nucleo.bloqueos import cerrojo, cerrojo_si_libre
from nucleo.configuracion import ajustes
from nucleo.errores import NoEncontrado
from nucleo.textos import gettext as _

_PUESTOS = "archivos_puestos"
_HEXADECIMAL = frozenset("0123456789abcdef")

registro = structlog.get_logger(__name__)


@lru_cache
def _sistema() -> tuple[Any, str]:
    """The store and the root of our files in it. Our own folder is a path and stays one: made into a URL, its
    spaces become `%20`, which fsspec does not undo, and the files go elsewhere."""
    url = ajustes().archivos_url
    if url is None:
        return LocalFileSystem(), str((ajustes().datos / "archivos").resolve())
    fs, raiz = fsspec.core.url_to_fs(url)
    return fs, raiz


def _ruta(sha256: str) -> str:
    _fs, raiz = _sistema()
    return f"{raiz}/{sha256[:2]}/{sha256}"


def clave(sha256: str) -> str:
    """The name of a content's lock."""
    return f"archivo {sha256}"


def poner(sesion: Session, flujo: BinaryIO) -> str:
    """Keep the bytes of `flujo` from its first one on, once; their SHA-256 (hex)."""
    sha256, tamano = _huella(flujo)
    assert tamano > 0
    cerrojo(sesion, clave(sha256))  # until this transaction ends: the sweep and another of the same wait
    if sesion.get(Contenido, sha256) is not None:
        return sha256
    quitar_al_terminar(sesion, sha256)
    _escribir(sha256, flujo)
    sesion.add(Contenido(sha256=sha256, tamano=tamano))
    sesion.flush()
    return sha256


def olvidar(sesion: Session, sha256: str) -> bool:
    """Forget a content of no file, under its lock: whoever keeps the same bytes right now holds it."""
    if not cerrojo_si_libre(sesion.connection(), clave(sha256)):
        return False
    borrar = delete(Contenido).where(col(Contenido.sha256) == sha256, *de_nadie())
    return bool(sesion.connection().execute(borrar).rowcount)


def quitar_al_terminar(sesion: Session, sha256: str) -> None:
    """Take these bytes away when this transaction ends, unless a row keeps them then."""
    sesion.info.setdefault(_PUESTOS, []).append(sha256)


def _huella(flujo: BinaryIO) -> tuple[str, int]:
    suma, tamano = hashlib.sha256(), 0
    flujo.seek(0)
    while trozo := flujo.read(TROZO):
        suma.update(trozo)
        tamano += len(trozo)
    return suma.hexdigest(), tamano


def _escribir(sha256: str, flujo: BinaryIO) -> None:
    fs, _raiz = _sistema()
    ruta = _ruta(sha256)
    fs.makedirs(ruta.rsplit("/", 1)[0], exist_ok=True)
    provisional = f"{ruta}.{uuid.uuid4().hex}"
    flujo.seek(0)
    with fs.open(provisional, "wb") as salida:
        while trozo := flujo.read(TROZO):
            salida.write(trozo)
    fs.mv(provisional, ruta)


def leer(sha256: str) -> Iterator[bytes]:
    """The bytes, a piece at a time. Raises `NoEncontrado` at once, before the first piece is asked for."""
    fs, _raiz = _sistema()
    try:
        abierto = fs.open(_ruta(sha256), "rb")
    except FileNotFoundError as error:
        registro.error("archivo_sin_bytes", sha256=sha256)
        raise NoEncontrado(_("El archivo no existe.")) from error
    return _trozos(abierto)


def _trozos(abierto: BinaryIO) -> Iterator[bytes]:
    with abierto:
        while trozo := abierto.read(TROZO):
            yield trozo


def tamano_en_almacen(sha256: str) -> int | None:
    fs, _raiz = _sistema()
    try:
        return int(fs.size(_ruta(sha256)))
    except FileNotFoundError:
        return None


@event.listens_for(SesionSqlAlchemy, "after_transaction_end")
def _al_terminar(sesion: SesionSqlAlchemy, transaccion_hecha: SessionTransaction) -> None:
    """Of what this transaction wrote or forgot, take away what no row keeps: it may have been refused, all of
    it or a part."""
    if transaccion_hecha.parent is not None:
        return
    puestos = sesion.info.pop(_PUESTOS, [])
    try:
        quitar_sobrantes(puestos)
    except Exception:  # the sweep does it; the answer to whoever waits is another matter
        registro.warning("archivos_sin_quitar", archivos=puestos, exc_info=True)


def quitar_sobrantes(huellas: Iterable[str]) -> int:
    """Take away the files of these contents that no row keeps; how many."""
    huellas = sorted(set(huellas))
    if not huellas:
        return 0
    fs, _raiz = _sistema()
    quitados = 0
    with transaccion() as sesion:
        for sha256 in set(huellas) - _guardados(sesion, huellas):
            # Under its lock it is asked again: another may have kept the same bytes a moment ago.
            if cerrojo_si_libre(sesion.connection(), clave(sha256)) and not _guardados(sesion, [sha256]):
                ruta = _ruta(sha256)
                if fs.exists(ruta):
                    fs.rm_file(ruta)
                    quitados += 1
    return quitados


def _guardados(sesion: Session, huellas: list[str]) -> set[str]:
    return set(sesion.exec(select(Contenido.sha256).where(col(Contenido.sha256).in_(huellas))))


def barrer_almacen(hasta: datetime) -> int:
    """Take away, a folder at a time, files older than `hasta` that no row keeps, and halves; how many."""
    fs, raiz = _sistema()
    quitados = 0
    for numero in range(256):
        carpeta = f"{raiz}/{numero:02x}"
        try:
            nombres = [ruta.rsplit("/", 1)[1] for ruta in fs.ls(carpeta, detail=False)]
        except FileNotFoundError:
            continue
        enteros = [n for n in nombres if len(n) == 64 and set(n) <= _HEXADECIMAL]
        with transaccion() as sesion:
            sobran = set(enteros) - _guardados(sesion, enteros)
        viejos = [n for n in sobran if _es_viejo(f"{carpeta}/{n}", hasta)]
        quitados += quitar_sobrantes(viejos)
        for mitad in set(nombres) - set(enteros):
            if _es_viejo(f"{carpeta}/{mitad}", hasta):
                fs.rm_file(f"{carpeta}/{mitad}")
                quitados += 1
    return quitados


def _es_viejo(ruta: str, hasta: datetime) -> bool:
    fs, _raiz = _sistema()
    try:
        return bool(fs.modified(ruta) < hasta)
    except FileNotFoundError:
        return False
