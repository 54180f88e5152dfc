"""Code 128 (ISO/IEC 15417) for the number of a label, as SVG and as modules; zxing-cpp encodes it."""

import re
from typing import Any

import zxingcpp
from markupsafe import Markup

_ANCHO = re.compile(r'<svg width="(\d+)" height="(\d+)"')
_BARRAS = re.compile(r'<path d="([MhvZz0-9 .-]+)"')


def codigo128(texto: str, clase: str = "codigo-barras") -> Markup:
    """The bars with their quiet zones; one unit of the viewBox is one module. Black on white in any theme.

    Raises `ValueError` for anything but printable ASCII (space to tilde) or an empty text.
    """
    dibujo = _codigo(texto).to_svg(add_quiet_zones=True)
    tamano, barras = _ANCHO.search(dibujo), _BARRAS.search(dibujo)
    assert tamano is not None
    assert barras is not None
    return Markup(
        '<svg class="{clase}" viewBox="0 0 {ancho} {alto}" preserveAspectRatio="none" role="img" '
        'shape-rendering="crispEdges" aria-label="{texto}"><path fill="#fff" d="M0 0h{ancho}v{alto}H0z"/>'
        '<path fill="#000" d="{barras}"/></svg>'
    ).format(clase=clase, ancho=tamano[1], alto=tamano[2], texto=texto, barras=barras[1])


def modulos128(texto: str) -> str:
    """The same bars as a row of modules, `1` black, with their quiet zones. Raises as `codigo128`."""
    imagen: Any = _codigo(texto).to_image(
        scale=1, add_quiet_zones=True
    )  # a buffer, untyped before Python 3.12
    dibujo = memoryview(imagen)
    assert dibujo.shape is not None
    ancho = dibujo.shape[1]
    return "".join("0" if punto else "1" for punto in dibujo.tobytes()[:ancho])


def _codigo(texto: str) -> zxingcpp.Barcode:
    if not texto or not all(" " <= c <= "~" for c in texto):
        raise ValueError("Code 128 B/C: solo ASCII imprimible")
    return zxingcpp.create_barcode(texto, zxingcpp.BarcodeFormat.Code128)
