"""What every document on paper shares: letters that the built-in fonts have, and codes as filled shapes."""

import unicodedata
from datetime import datetime

import segno
from anyascii import anyascii
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from nucleo.textos import gettext as _

_LETRAS = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "...",
        "•": "·",
        # What measures is said, not replaced by what looks like it: a microgram is no milligram.
        "\u03bc": "\u00b5",
        "\u03a9": "ohm",
        "\u2126": "ohm",
        "≤": "<=",
        "≥": ">=",
        "≠": "distinto de ",
        "‰": " por mil",
        "≈": "aprox. ",
        "√": "raíz de ",
    }
)
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


def dibujar_direccion(pdf: FPDF, direccion: str, ancho_mm: float, tamano: float = 9) -> None:
    """An address that a person copies: whole in one line, in smaller letters if it must (never under 6)."""
    visible = latino(direccion.removeprefix("https://").removeprefix("http://"))
    pdf.set_font("helvetica", "", tamano)
    hace_falta = pdf.get_string_width(visible) + 2 * pdf.c_margin
    if hace_falta > ancho_mm:
        pdf.set_font("helvetica", "", max(6, tamano * ancho_mm / hace_falta))
    pdf.cell(ancho_mm, 4.5, visible, link=direccion, new_x=XPos.LEFT, new_y=YPos.NEXT)


def media_hoja(titulo: str, margen_mm: int, cuando: datetime) -> FPDF:
    """An A5 page under the house's band, which says what it is; in Spanish, with its title for readers.

    `cuando` is its date of creation: the same facts give the same bytes.
    """
    pdf = FPDF(format=(148, 210), unit="mm")
    pdf.set_creation_date(cuando)
    pdf.set_margins(margen_mm, margen_mm)
    pdf.set_auto_page_break(auto=False)
    pdf.set_title(latino(titulo))
    pdf.set_author("Qhatu")
    pdf.set_lang("es-BO")
    pdf.add_page()
    banda_de_la_casa(pdf, titulo, margen_mm)
    return pdf


class Papel(FPDF):
    """A4 under the house's band, in Spanish; each page says whose it is and its number of how many.

    `cuando` is its date of creation: the same facts give the same bytes.
    """

    def __init__(self, titulo: str, banda: str, pie: str, cuando: datetime, margen_mm: int = 14) -> None:
        super().__init__(format="A4")
        self._pie = pie
        self.set_creation_date(cuando)
        self.set_auto_page_break(True, margin=16)
        self.set_margins(margen_mm, margen_mm)
        self.set_title(latino(titulo))
        self.set_author("Qhatu")
        self.set_lang("es-BO")
        self.alias_nb_pages()
        self.add_page()
        banda_de_la_casa(self, banda, margen_mm)
        self.set_xy(margen_mm, 28)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("helvetica", size=8)
        pagina = _("%(numero)s, página %(n)s de %(total)s") % {
            "numero": self._pie,
            "n": self.page_no(),
            "total": "{nb}",
        }
        self.cell(0, 5, latino(pagina), align="R")

    def linea(self, texto: str, letra: float = 9, *, negrita: bool = False) -> None:
        """A paragraph, or those that the text has."""
        self.set_font("helvetica", "B" if negrita else "", letra)
        escrito = "\n".join(latino(parrafo) for parrafo in texto.split("\n"))
        self.multi_cell(self.epw, letra * 0.5, escrito, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def dato(self, termino: str, valor: str, termino_mm: float = 46) -> None:
        """A term and what it is, beside it."""
        self.set_font("helvetica", "", 9)
        self.set_text_color(90, 90, 90)
        self.cell(termino_mm, 5, latino(termino))
        self.set_text_color(20, 20, 20)
        self.multi_cell(
            self.epw - termino_mm, 5, latino(valor), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )


def banda_de_la_casa(pdf: FPDF, titulo: str, margen_mm: int) -> None:
    """The band at the head of a page: whose paper it is, and which."""
    pdf.set_fill_color(43, 22, 56)
    pdf.rect(0, 0, pdf.w, 22, style="F")
    pdf.set_text_color(255, 255, 255)
    pdf.set_font("helvetica", "B", 17)
    pdf.set_xy(margen_mm, 7)
    pdf.cell(60, 8, "Qhatu")
    pdf.set_font("helvetica", "", 11)
    pdf.cell(pdf.w - 2 * margen_mm - 60, 8, latino(titulo), align="R")
    pdf.set_text_color(20, 20, 20)
