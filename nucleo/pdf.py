"""What every document on paper shares: letters that the built-in fonts have, and codes as filled shapes."""

import unicodedata

import segno
from anyascii import anyascii
from fpdf import FPDF

_LETRAS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "•": "·"})
_SOLAPE_MM = 0.02


def latino(texto: str) -> str:
    """The text in letters that the built-in fonts have: Latin-1, enough for Spanish, Quechua and Aymara.

    Any other letter is replaced by its nearest ones; what cannot be printed is a space.
    """
    limpio = "".join(c if c.isprintable() else " " for c in texto.translate(_LETRAS))
    return "".join(c if ord(c) < 256 else (anyascii(c) or "?") for c in unicodedata.normalize("NFC", limpio))


def dibujar_qr(pdf: FPDF, texto: str, x: float, y: float, lado_mm: float, *, borde: int = 2) -> None:
    """As filled squares: sharp at any scale, and no picture inside the document. `borde` in modules."""
    filas = list(segno.make(texto, error="m", micro=False).matrix_iter(border=borde))
    modulo = lado_mm / len(filas)
    pdf.set_fill_color(0, 0, 0)
    for i, fila in enumerate(filas):
        for j, negro in enumerate(fila):
            if negro:
                lado = modulo + _SOLAPE_MM  # else a viewer shows a hair of white between two squares
                pdf.rect(x + j * modulo, y + i * modulo, lado, lado, style="F")
