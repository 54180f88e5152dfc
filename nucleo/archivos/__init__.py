"""The one door of every picture and file that anybody sends, and where what is kept of them lives.

`Recibido` is a file as it came, spooled; what it is, its first bytes say (`tipos`), never its name. A picture
is decoded, laid on white in sRGB and written again (`imagenes`), a PDF drawn (`documentos`); what is kept
belongs to the row of its owner (`guardar`), and is served by it (`servir`).
"""

from nucleo.archivos.consultas import Huella, huellas_de, tipos_de
from nucleo.archivos.documentos import ACEPTA_PRUEBAS, PAGINAS, DocumentoInvalido, dibujar_documento
from nucleo.archivos.guardar import (
    ANCHOS,
    TIPO_PDF,
    bytes_de,
    copia_de,
    exigir_prueba,
    guardar,
    guardar_imagen,
    guardar_pdf,
    guardar_prueba,
    soltar,
    url_archivo,
)
from nucleo.archivos.imagenes import ACEPTA_FOTOS, MAXIMO_BYTES, ImagenInvalida, abrir_imagen
from nucleo.archivos.recibido import Recibido

__all__ = [
    "ACEPTA_FOTOS",
    "ACEPTA_PRUEBAS",
    "ANCHOS",
    "MAXIMO_BYTES",
    "PAGINAS",
    "TIPO_PDF",
    "DocumentoInvalido",
    "Huella",
    "ImagenInvalida",
    "Recibido",
    "abrir_imagen",
    "bytes_de",
    "copia_de",
    "dibujar_documento",
    "exigir_prueba",
    "guardar",
    "guardar_imagen",
    "guardar_pdf",
    "guardar_prueba",
    "huellas_de",
    "soltar",
    "tipos_de",
    "url_archivo",
]
