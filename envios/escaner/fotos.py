"""The label in a photo: read here, because the telephone's browser could not."""

import zxingcpp

from envios import s10
from nucleo.archivos import ImagenInvalida, Recibido, abrir_imagen

CAJA = (1600, 1600)
_FORMATOS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])


def numero_en(foto: Recibido) -> str | None:
    """The number of the label in the picture: its bars hold it, its QR the address of its tracking page.

    None when there is none that can be read, or more than one.
    """
    try:
        imagen = abrir_imagen(foto, CAJA)
    except ImagenInvalida:
        return None
    textos = {c.text for c in zxingcpp.read_barcodes(imagen, formats=_FORMATOS)}
    numeros = {s10.normalizar(t.rstrip("/").rpartition("/")[2] if "://" in t else t) for t in textos}
    return numeros.pop() if len(numeros) == 1 else None
