"""The one door of every picture and file that anybody sends, and where what is kept of them lives.

`Recibido` is a file as it came, spooled; what it is, its first bytes say (`tipos`), never its name. A picture
is decoded, laid on white in sRGB and written again (`imagenes`); what is kept belongs to the row of its owner
(`guardar`), and is served by it (`servir`).
"""

from nucleo.archivos.guardar import ANCHOS, guardar, guardar_imagen, url_archivo
from nucleo.archivos.imagenes import ACEPTA_FOTOS, MAXIMO_BYTES, ImagenInvalida, abrir_imagen
from nucleo.archivos.recibido import Recibido

__all__ = [
    "ACEPTA_FOTOS",
    "ANCHOS",
    "MAXIMO_BYTES",
    "ImagenInvalida",
    "Recibido",
    "abrir_imagen",
    "guardar",
    "guardar_imagen",
    "url_archivo",
]
