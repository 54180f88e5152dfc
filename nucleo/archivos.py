"""Content-addressed files over fsspec: a local folder by default, S3-compatible storage by URL.

What people upload is never served as it came: pictures are decoded, stripped of metadata and written again.
"""

import hashlib
import io
import warnings
from functools import lru_cache
from typing import Any

import fsspec
from fastapi import APIRouter, Depends, Request
from fsspec.implementations.local import LocalFileSystem
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session
from starlette.responses import Response

from nucleo.acceso import publico
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.etag import coincide
from nucleo.modelos import Archivo
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

MAXIMO_BYTES = 8 * 1024 * 1024
MAXIMO_PIXELES = 40_000_000
ANCHOS = (320, 640, 960)
FORMATOS = ("JPEG", "PNG", "WEBP")


class ImagenInvalida(DatosInvalidos):
    codigo = "imagen_invalida"
    titulo = _l("No se pudo usar la imagen")


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
    _, raiz = _sistema()
    return f"{raiz}/{sha256[:2]}/{sha256}"


def guardar(sesion: Session, contenido: bytes, tipo: str, *, publico: bool = False, **datos: Any) -> str:
    """Store bytes under their SHA-256 (hex), once; return it. Public files are served at `/archivos/`."""
    assert contenido
    sha256 = hashlib.sha256(contenido).hexdigest()
    if sesion.get(Archivo, sha256) is not None:
        return sha256
    fs, _ = _sistema()
    ruta = _ruta(sha256)
    if not fs.exists(ruta):
        fs.makedirs(ruta.rsplit("/", 1)[0], exist_ok=True)
        provisional = f"{ruta}.{id(contenido)}"
        fs.pipe_file(provisional, contenido)
        fs.mv(provisional, ruta)
    fila = {"sha256": sha256, "tipo": tipo, "tamano": len(contenido), "publico": publico, **datos}
    sesion.connection().execute(insert(Archivo).values(fila).on_conflict_do_nothing())  # another's, just now
    return sha256


def leer(sesion: Session, sha256: str) -> tuple[Archivo, bytes]:
    archivo = sesion.get(Archivo, sha256)
    if archivo is None:
        raise NoEncontrado(_("El archivo no existe."))
    fs, _raiz = _sistema()
    contenido: bytes = fs.cat_file(_ruta(sha256))
    return archivo, contenido


def abrir_imagen(contenido: bytes) -> Image.Image:
    """An uploaded picture, decoded and upright. Raises `ImagenInvalida`, which says what to do."""
    if len(contenido) > MAXIMO_BYTES:
        raise ImagenInvalida(_("La imagen pesa más de 8 MB: redúzcala y vuelva a subirla."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            imagen = Image.open(io.BytesIO(contenido), formats=FORMATOS)
            if imagen.width * imagen.height > MAXIMO_PIXELES:
                raise ImagenInvalida(_("La imagen tiene demasiados puntos: redúzcala y vuelva a subirla."))
            imagen.load()
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombWarning,
    ) as error:
        raise ImagenInvalida(_("Suba una foto JPEG, PNG o WebP que se pueda abrir.")) from error
    return ImageOps.exif_transpose(imagen).convert("RGB")


def _codificar(imagen: Image.Image, ancho: int, formato: str) -> bytes:
    copia = imagen.copy()
    copia.thumbnail((ancho, ancho * 4))
    salida = io.BytesIO()
    copia.save(salida, formato, quality=80)
    return salida.getvalue()


def guardar_imagen(sesion: Session, contenido: bytes) -> str:
    """Re-encode an uploaded picture (WebP and JPEG, 320, 640, 960 px); return the main file's SHA-256.

    Raises `ImagenInvalida` for anything that is not a decodable JPEG, PNG or WebP within the limits.
    """
    imagen = abrir_imagen(contenido)
    variantes: dict[str, str] = {}
    for ancho in ANCHOS:
        if ancho != ANCHOS[0] and ancho > imagen.width:
            break
        for formato in ("webp", "jpeg"):
            datos = _codificar(imagen, ancho, formato.upper())
            variantes[f"{formato}-{ancho}"] = guardar(sesion, datos, f"image/{formato}", publico=True)
    principal = _codificar(imagen, ANCHOS[-1], "JPEG")
    sha256 = guardar(sesion, principal, "image/jpeg", publico=True, ancho=imagen.width, alto=imagen.height)
    archivo = sesion.get(Archivo, sha256)
    assert archivo is not None
    archivo.variantes = variantes
    sesion.flush()
    return sha256


def url_archivo(sha256: str) -> str:
    return f"/archivos/{sha256}"


router = APIRouter()


def _variante(archivo: Archivo, ancho: int, request: Request) -> str:
    """The copy of a picture for a screen `ancho` points wide; the file itself when it has no copies."""
    if "on" in request.headers.get("save-data", ""):
        ancho = ANCHOS[0]
    formato = "webp" if "image/webp" in request.headers.get("accept", "") else "jpeg"
    caben = [a for a in ANCHOS if a <= max(ancho, ANCHOS[0]) and f"{formato}-{a}" in archivo.variantes]
    return archivo.variantes[f"{formato}-{max(caben)}"] if caben else archivo.sha256


@router.get("/archivos/{sha256}", include_in_schema=False, dependencies=[Depends(publico)])
def servir(sha256: str, request: Request, sesion: Sesion, ancho: int | None = None) -> Response:
    """A public file, cacheable for ever: its address is its content. `ancho` asks for a smaller picture."""
    archivo = sesion.get(Archivo, sha256) if len(sha256) == 64 else None
    if archivo is None or not archivo.publico:
        raise NoEncontrado(_("El archivo no existe o no es público."))
    if ancho is not None:
        archivo = sesion.get_one(Archivo, _variante(archivo, ancho, request))
    marca = f'"{archivo.sha256}"'
    cabeceras = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": marca,
        "Vary": "Accept, Save-Data",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    if coincide(marca, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=cabeceras)
    return Response(leer(sesion, archivo.sha256)[1], media_type=archivo.tipo, headers=cabeceras)
