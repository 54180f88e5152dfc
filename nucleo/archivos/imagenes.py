"""A picture that somebody sent, as a screen shows it: upright, in sRGB, on white, without its metadata.

It is judged at its header, before anything is decoded, and never believed: what is kept or looked at is only
what this room draws again (`docs/decisiones/0031`).
"""

import io
import threading
from contextlib import nullcontext
from functools import lru_cache
from typing import cast

import pillow_heif
from PIL import Image, ImageCms
from PIL.Image import Transpose

from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tipos import NOMBRES, Tipo, tipo_de
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

MAXIMO_BYTES = 8 * 1024 * 1024
MAXIMO_PIXELES = 40_000_000
"""Of what cameras write: JPEG, HEIC, and PNG without transparency."""
MAXIMO_PIXELES_DE_OTRAS = 16_000_000
"""Of those that take twice the memory for each point: WebP, transparency, palettes, four inks, 16 bits."""
GRANDE = 12_000_000
FORMATOS = ("JPEG", "PNG", "WEBP", "HEIF")
ACEPTA_FOTOS = "image/jpeg,image/png,image/webp,image/heic,image/heif"
A_LA_VEZ = threading.BoundedSemaphore(2)
"""Decoded at once in a process; of the large ones, which take up to 400 MB, one."""
DE_LAS_GRANDES = threading.Lock()

_ORIENTACION = 0x0112
_GIROS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_ESPACIOS = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY", "CMYK": "CMYK"}
_CLASES_DE_PERFIL = frozenset({"mntr", "scnr", "prtr", "spac"})

Image.MAX_IMAGE_PIXELS = MAXIMO_PIXELES  # whoever opens one beside this door, too
pillow_heif.options.DECODE_THREADS = 1
pillow_heif.register_heif_opener(thumbnails=False)


class ImagenInvalida(DatosInvalidos):
    codigo = "imagen_invalida"
    titulo = _l("No se pudo usar la imagen")


def abrir_imagen(recibido: Recibido, caja: tuple[int, int]) -> Image.Image:
    """The picture in sRGB, upright, no larger than `caja` (width, height); of several frames, the first.

    Raises `ImagenInvalida`, which says what to do.
    """
    if recibido.tamano > MAXIMO_BYTES:
        raise ImagenInvalida(_("La imagen pesa más de 8 MB: redúzcala y vuelva a subirla."))
    with A_LA_VEZ:
        try:
            imagen = Image.open(recibido.abrir(), formats=FORMATOS)
            puntos = imagen.width * imagen.height
            if puntos > _maximo(imagen):
                raise Image.DecompressionBombError
            with DE_LAS_GRANDES if puntos > GRANDE else nullcontext():
                return _dibujar(imagen, caja)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            texto = _("La imagen tiene demasiados puntos: redúzcala y vuelva a subirla.")
            raise ImagenInvalida(texto) from error
        except Exception as error:
            # Decoders of what strangers write raise anything: `struct.error`, `IndexError`, `zlib.error`…
            raise ImagenInvalida(_que_hacer(tipo_de(recibido))) from error


def _maximo(imagen: Image.Image) -> int:
    llana = imagen.mode in ("RGB", "L") and not imagen.has_transparency_data
    return MAXIMO_PIXELES if llana and imagen.format != "WEBP" else MAXIMO_PIXELES_DE_OTRAS


def _que_hacer(tipo: Tipo) -> str:
    if tipo == Tipo.HEIC:
        return _(
            "No se pudo abrir la foto HEIC. En su teléfono elija el formato «Más compatible», "
            "o envíela como JPEG."
        )
    if tipo in NOMBRES:
        return _("Es %(que)s. Suba una foto JPEG, PNG, WebP o HEIC.") % {"que": NOMBRES[tipo]}
    return _("Suba una foto JPEG, PNG, WebP o HEIC que se pueda abrir.")


def _dibujar(imagen: Image.Image, caja: tuple[int, int]) -> Image.Image:
    orientacion = _orientacion(imagen)
    if orientacion >= 5:  # it lies on its side
        caja = caja[::-1]
    perfil = imagen.info.get("icc_profile")
    if imagen.mode in ("RGB", "L", "CMYK") and not imagen.has_transparency_data:
        imagen.thumbnail(caja, reducing_gap=2)  # a JPEG is decoded already smaller
    plana = _de_ocho_bits(imagen)
    plana.thumbnail(caja, reducing_gap=2)
    if perfil:
        plana = _en_srgb(plana, perfil)
    if plana.mode == "RGBA":
        blanco = Image.new("RGB", plana.size, "white")
        blanco.paste(plana, mask=plana.getchannel("A"))
        plana = blanco
    plana = plana.convert("RGB")
    plana.info.clear()
    return plana.transpose(_GIROS[orientacion]) if orientacion in _GIROS else plana


def _orientacion(imagen: Image.Image) -> int:
    """As EXIF numbers it; 1 is upright. Garbage in the metadata is no reason to refuse a picture."""
    try:
        escrita = imagen.getexif().get(_ORIENTACION)
    except Exception:
        return 1
    return escrita if isinstance(escrita, int) else 1


def _de_ocho_bits(imagen: Image.Image) -> Image.Image:
    """In RGB, L, CMYK or (with transparency) RGBA."""
    if imagen.mode.startswith("I"):
        return _de_dieciseis(imagen)
    if imagen.has_transparency_data:
        return imagen.convert("RGBA")
    if imagen.mode in ("RGB", "L", "CMYK"):
        return imagen
    return imagen.convert("L" if imagen.mode == "1" else "RGB")


def _de_dieciseis(imagen: Image.Image) -> Image.Image:
    """Grey of 16 bits; the one grey that it may call transparent is white, as the paper is."""
    transparente = imagen.info.get("transparency")
    tabla = [255 if gris == transparente else (gris + 128) // 257 for gris in range(65536)]
    return imagen.convert("I").point(tabla, "L")


@lru_cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _en_srgb(imagen: Image.Image, perfil: bytes) -> Image.Image:
    """Its colours as its profile means them. A profile that is broken, or of something else, says nothing."""
    try:
        origen = ImageCms.ImageCmsProfile(io.BytesIO(perfil))
        if origen.profile.device_class not in _CLASES_DE_PERFIL:
            return imagen
        if origen.profile.xcolor_space.strip() != _ESPACIOS[imagen.mode]:
            return imagen
        salida = "RGBA" if imagen.mode == "RGBA" else "RGB"
        hecha = ImageCms.profileToProfile(imagen, origen, _srgb(), outputMode=salida)
    except (OSError, ImageCms.PyCMSError):
        return imagen
    return cast(Image.Image, hecha)
