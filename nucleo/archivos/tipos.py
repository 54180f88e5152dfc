"""What a file is, by its first bytes. The name and the type that its sender gives are not evidence."""

from enum import StrEnum

from nucleo.archivos.recibido import Recibido
from nucleo.textos import perezoso as _l

_BRAZO = 4096


class Tipo(StrEnum):
    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    HEIC = "HEIC"
    AVIF = "AVIF"
    GIF = "GIF"
    TIFF = "TIFF"
    BMP = "BMP"
    SVG = "SVG"
    PDF = "PDF"
    ZIP = "ZIP"
    OLE = "OLE"  # Excel and Word before 2007
    VIDEO = "VIDEO"
    TEXTO = "TEXTO"
    OTRO = "OTRO"


NOMBRES: dict[Tipo, str] = {
    Tipo.AVIF: _l("una foto AVIF"),
    Tipo.GIF: _l("un GIF"),
    Tipo.TIFF: _l("una imagen TIFF"),
    Tipo.BMP: _l("una imagen BMP"),
    Tipo.SVG: _l("un dibujo SVG"),
    Tipo.PDF: _l("un PDF"),
    Tipo.ZIP: _l("un archivo comprimido o de oficina"),
    Tipo.OLE: _l("un archivo de oficina antiguo"),
    Tipo.VIDEO: _l("un video"),
    Tipo.TEXTO: _l("un archivo de texto"),
}
_FIRMAS: tuple[tuple[bytes, Tipo], ...] = (
    (b"\xff\xd8\xff", Tipo.JPEG),
    (b"\x89PNG\r\n\x1a\n", Tipo.PNG),
    (b"GIF87a", Tipo.GIF),
    (b"GIF89a", Tipo.GIF),
    (b"II*\x00", Tipo.TIFF),
    (b"MM\x00*", Tipo.TIFF),
    (b"BM", Tipo.BMP),
    (b"%PDF-", Tipo.PDF),
    (b"PK\x03\x04", Tipo.ZIP),
    (b"PK\x05\x06", Tipo.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Tipo.OLE),
)
_MARCAS_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_MARCAS_UTF = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def tipo_de(recibido: Recibido) -> Tipo:
    """The kind of a file. A text is one without NUL bytes, or with the mark of its encoding."""
    principio = recibido.principio(_BRAZO)
    for firma, tipo in _FIRMAS:
        if principio.startswith(firma):
            return tipo
    if principio[:4] == b"RIFF" and principio[8:12] == b"WEBP":
        return Tipo.WEBP
    if principio[4:8] == b"ftyp":
        return _de_iso(principio[8:12])
    if principio.startswith(_MARCAS_UTF) or b"\x00" not in principio:
        return Tipo.SVG if b"<svg" in principio else Tipo.TEXTO
    return Tipo.OTRO


def _de_iso(marca: bytes) -> Tipo:
    if marca in _MARCAS_HEIC:
        return Tipo.HEIC
    return Tipo.AVIF if marca in (b"avif", b"avis") else Tipo.VIDEO
