"""Keep a file for its owner."""

import io
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import UUID

from PIL import Image
from sqlmodel import Session

from nucleo.archivos.almacen import leer, olvidar, poner, quitar_al_terminar
from nucleo.archivos.documentos import dibujar_documento
from nucleo.archivos.imagenes import abrir_imagen
from nucleo.archivos.modelos import Archivo, CopiaDeArchivo
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tipos import Tipo, tipo_de

ANCHOS = (320, 640, 960)
TIPO_PDF = "application/pdf"


def guardar(
    sesion: Session,
    flujo: BinaryIO,
    tipo: str,
    *,
    duenio: UUID,
    publico: bool = False,
    ancho: int | None = None,
    alto: int | None = None,
) -> UUID:
    """Keep the bytes for the row `duenio`; the id of the file, by which that row names it.

    `tipo` is what *we* know that they are (our own drawing, a picture written again), never what their sender
    said. A public file is served to anybody at `url_archivo(id)`; any other, by its owner's route alone
    (`servir.respuesta`).
    """
    archivo = Archivo(
        duenio_id=duenio,
        sha256=poner(sesion, flujo),
        tipo=tipo,
        publico=publico,
        ancho=ancho,
        alto=alto,
    )
    sesion.add(archivo)
    sesion.flush()
    return archivo.id


def soltar(sesion: Session, archivo_id: UUID) -> None:
    """Forget a file that its owner's row has just let go; its bytes go with it once this transaction commits,
    unless another names the same ones. What cannot go now, the sweep takes."""
    archivo = sesion.get_one(Archivo, archivo_id)
    sesion.delete(archivo)
    sesion.flush()
    if olvidar(sesion, archivo.sha256):
        quitar_al_terminar(sesion, archivo.sha256)


def guardar_imagen(sesion: Session, recibido: Recibido, *, duenio: UUID, publico: bool = False) -> UUID:
    """Keep a picture that somebody sent, written again (WebP and JPEG, 320, 640, 960 px); the file's id.

    Raises `ImagenInvalida` for anything that is not a decodable photo within the limits.
    """
    imagen = abrir_imagen(recibido, (ANCHOS[-1], ANCHOS[-1] * 4))
    principal = _codificar(imagen, ANCHOS[-1], "JPEG")
    archivo_id = guardar(
        sesion,
        principal,
        "image/jpeg",
        duenio=duenio,
        publico=publico,
        ancho=imagen.width,
        alto=imagen.height,
    )
    for ancho in ANCHOS:
        if ancho != ANCHOS[0] and ancho > imagen.width:
            break
        for formato in ("WEBP", "JPEG"):
            copia = poner(sesion, _codificar(imagen, ancho, formato))
            tipo = f"image/{formato.lower()}"
            sesion.add(CopiaDeArchivo(archivo_id=archivo_id, tipo=tipo, ancho=ancho, sha256=copia))
    sesion.flush()
    return archivo_id


def guardar_prueba(sesion: Session, recibido: Recibido, *, duenio: UUID) -> UUID:
    """Keep a picture or a PDF that somebody sent to show something, for few to see; the file's id.

    Raises `ImagenInvalida`, and `DocumentoInvalido` of a PDF.
    """
    if tipo_de(recibido) is not Tipo.PDF:
        return guardar_imagen(sesion, recibido, duenio=duenio)
    return guardar_pdf(sesion, dibujar_documento(recibido), duenio=duenio)


def exigir_prueba(recibido: Recibido) -> None:
    """See that a picture or a PDF could be kept by `guardar_prueba`; nothing is. Raises what that does."""
    if tipo_de(recibido) is Tipo.PDF:
        dibujar_documento(recibido)
    else:
        abrir_imagen(recibido, (ANCHOS[0], ANCHOS[0]))


def guardar_pdf(sesion: Session, contenido: bytes, *, duenio: UUID) -> UUID:
    """Keep a PDF of our own making, or that we drew again; the file's id."""
    return guardar(sesion, io.BytesIO(contenido), TIPO_PDF, duenio=duenio)


def _codificar(imagen: Image.Image, ancho: int, formato: str) -> BinaryIO:
    copia = imagen.copy()
    copia.thumbnail((ancho, ancho * 4))
    salida = io.BytesIO()
    copia.save(salida, formato, quality=80)
    return salida


def bytes_de(sesion: Session, archivo_id: UUID) -> bytes:
    """All of a kept file, for who draws it elsewhere. Its owner's room asks first who may read it."""
    return b"".join(leer(sesion.get_one(Archivo, archivo_id).sha256))


def copia_de(sesion: Session, archivo_id: UUID) -> BinaryIO:
    """All of a kept file in one of this machine, which is gone when it is closed: to read it slowly, and from
    where one left it. Its owner's room asks first who may read it."""
    copia = TemporaryFile()  # noqa: SIM115 (whoever asked closes it)
    for trozo in leer(sesion.get_one(Archivo, archivo_id).sha256):
        copia.write(trozo)
    copia.seek(0)
    return copia


def url_archivo(archivo_id: UUID | str) -> str:
    return f"/archivos/{archivo_id}"
