"""A kept file, to whoever may read it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session, col, select
from starlette.responses import Response, StreamingResponse

from nucleo.acceso import publico
from nucleo.archivos.almacen import leer
from nucleo.archivos.guardar import ANCHOS
from nucleo.archivos.modelos import Archivo, Contenido, CopiaDeArchivo
from nucleo.bd import Sesion
from nucleo.errores import NoEncontrado
from nucleo.etag import coincide
from nucleo.textos import gettext as _

_SE_MUESTRAN = frozenset({"image/jpeg", "image/png", "image/webp", "image/svg+xml"})

router = APIRouter()


@router.get("/archivos/{archivo_id}", include_in_schema=False, dependencies=[Depends(publico)])
def servir(archivo_id: str, request: Request, sesion: Sesion, ancho: int | None = None) -> Response:
    """A public file, cacheable for ever: its row never changes. `ancho` asks for a smaller picture."""
    try:
        archivo = sesion.get(Archivo, UUID(archivo_id))
    except ValueError:
        archivo = None
    if archivo is None or not archivo.publico:
        raise NoEncontrado(_("El archivo no existe o no es público."))
    return respuesta(sesion, archivo, request, ancho)


def respuesta_de(sesion: Session, archivo_id: UUID, request: Request) -> Response:
    """`respuesta` of the file that its owner's row names."""
    return respuesta(sesion, sesion.get_one(Archivo, archivo_id), request)


def respuesta_abierta(sesion: Session, archivo_id: UUID, request: Request, nombre: str) -> Response:
    """Open data: a file that anybody takes, from pages of other sites too, whose address may have another one
    tomorrow. `nombre` is what it is called where it is kept."""
    archivo = sesion.get_one(Archivo, archivo_id)
    desde = archivo.creado_en.astimezone(UTC).replace(microsecond=0)
    igual = "if-none-match" not in request.headers and _ya_la_vio(request, desde)
    hecha = Response(status_code=304) if igual else respuesta(sesion, archivo, request)
    hecha.headers.update(
        {
            "Access-Control-Allow-Origin": "*",
            "Cache-Control": "public, max-age=300",
            "Content-Disposition": f'attachment; filename="{nombre}"',
            "ETag": f'"{archivo.sha256}"',
            "Last-Modified": format_datetime(desde, usegmt=True),
        }
    )
    return hecha


def _ya_la_vio(request: Request, desde: datetime) -> bool:
    """Whether `If-Modified-Since` names that instant or a later one; what is no date is as none."""
    try:
        visto = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return False
    return visto.tzinfo is not None and visto >= desde


def planilla(contenido: bytes | Iterator[bytes], nombre: str) -> Response:
    """A sheet of `nucleo.archivos.tablas` to keep; `nombre` without its ending."""
    tipo, cabeceras = (
        "text/csv; charset=utf-8",
        {"Content-Disposition": f'attachment; filename="{nombre}.csv"'},
    )
    if isinstance(contenido, bytes):
        return Response(contenido, media_type=tipo, headers=cabeceras)
    return StreamingResponse(contenido, media_type=tipo, headers=cabeceras)


def respuesta(sesion: Session, archivo: Archivo, request: Request, ancho: int | None = None) -> Response:
    """A file, a piece at a time. Its owner's route asks first who may read it."""
    sha256, tipo = archivo.sha256, archivo.tipo
    if ancho is not None and (copia := _copia(sesion, archivo, ancho, request)) is not None:
        sha256, tipo = copia.sha256, copia.tipo
    marca = f'"{sha256}"'
    cabeceras = {
        "Cache-Control": "public, max-age=31536000, immutable" if archivo.publico else "private, no-store",
        "ETag": marca,
        "Vary": "Accept, Save-Data",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline" if tipo in _SE_MUESTRAN else "attachment",
    }
    if coincide(marca, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=cabeceras)
    cabeceras["Content-Length"] = str(sesion.get_one(Contenido, sha256).tamano)
    return StreamingResponse(leer(sha256), media_type=tipo, headers=cabeceras)


def _copia(sesion: Session, archivo: Archivo, ancho: int, request: Request) -> CopiaDeArchivo | None:
    """The copy of a picture for a screen `ancho` points wide, if it has copies."""
    if "on" in request.headers.get("save-data", ""):
        ancho = ANCHOS[0]
    tipo = "image/webp" if "image/webp" in request.headers.get("accept", "") else "image/jpeg"
    caben = (
        select(CopiaDeArchivo)
        .where(CopiaDeArchivo.archivo_id == archivo.id, CopiaDeArchivo.tipo == tipo)
        .where(col(CopiaDeArchivo.ancho) <= min(max(ancho, ANCHOS[0]), ANCHOS[-1]))
        .order_by(col(CopiaDeArchivo.ancho).desc())
    )
    return sesion.exec(caben.limit(1)).first()
