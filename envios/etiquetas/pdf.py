"""Labels as PDF: one A6 page each, or four to an A4 sheet with lines to cut along."""

from collections.abc import Sequence
from itertools import groupby

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from envios import s10
from envios.etiquetas.etiqueta import Etiqueta
from nucleo.pdf import dibujar_qr, latino
from nucleo.textos import gettext as _

ANCHO_MM, ALTO_MM = 105, 148
_MARGEN_MM = 5
_UTIL_MM = ANCHO_MM - 2 * _MARGEN_MM
_QR_MM = 34
_BARRAS_MM = 17
_LETRA_MINIMA = 6.0
_PUNTO_MM = 0.3528


def en_rollo(etiquetas: Sequence[Etiqueta]) -> bytes:
    """One label a page of 105 × 148 mm, for label printers and whole sheets of labels."""
    pdf = _documento((ANCHO_MM, ALTO_MM))
    for etiqueta in etiquetas:
        pdf.add_page()
        _Dibujo(pdf, 0, 0).etiqueta(etiqueta)
    return bytes(pdf.output())


def en_hojas(etiquetas: Sequence[Etiqueta]) -> bytes:
    """Four labels to an A4 page, with thin lines to cut along; the last page holds those that are left."""
    pdf = _documento((2 * ANCHO_MM, 2 * ALTO_MM + 1))
    for desde in range(0, len(etiquetas), 4):
        pdf.add_page()
        pdf.set_draw_color(150, 150, 150)
        pdf.set_line_width(0.1)
        pdf.set_dash_pattern(dash=2, gap=2)
        pdf.line(ANCHO_MM, 0, ANCHO_MM, 2 * ALTO_MM)
        pdf.line(0, ALTO_MM, 2 * ANCHO_MM, ALTO_MM)
        pdf.set_dash_pattern()
        for i, etiqueta in enumerate(etiquetas[desde : desde + 4]):
            _Dibujo(pdf, (i % 2) * ANCHO_MM, (i // 2) * ALTO_MM).etiqueta(etiqueta)
    return bytes(pdf.output())


def _documento(formato: tuple[float, float]) -> FPDF:
    pdf = FPDF(format=formato, unit="mm")
    pdf.set_margins(0, 0)
    pdf.set_auto_page_break(auto=False)
    pdf.set_title(latino(_("Etiquetas de envío")))
    pdf.set_author("Qhatu")
    pdf.set_lang("es-BO")
    return pdf


class _Dibujo:
    """One label on a page, its corner at `x`, `y`. Every text has a box, and letters shrink to stay in it."""

    def __init__(self, pdf: FPDF, x: float, y: float) -> None:
        self.pdf, self.x, self.y = pdf, x + _MARGEN_MM, y + _MARGEN_MM
        pdf.set_text_color(0, 0, 0)
        pdf.set_draw_color(0, 0, 0)
        pdf.set_line_width(0.5)

    def etiqueta(self, e: Etiqueta) -> None:
        self._cabeza(e)
        self.texto(e.destino, 0, 10, _UTIL_MM, 24, letra=30, negrita=True)
        self.pdf.rect(self.x, self.y + 36, _UTIL_MM, 42)
        self.rotulo(_("Para"), 2, 37)
        self.texto(e.destinatario, 2, 41, _UTIL_MM - 4, 12, letra=15, negrita=True)
        self.texto(e.referencia, 2, 54, _UTIL_MM - 4, 17, letra=11)
        if e.telefono:
            self.texto(_("Tel. %(t)s") % {"t": e.telefono}, 2, 72, _UTIL_MM - 4, 5, letra=11, negrita=True)
        izquierda = _UTIL_MM - _QR_MM - 3
        self.rotulo(_("De"), 0, 80)
        self.texto(e.remitente, 0, 84, izquierda, 10, letra=10)
        if e.remitente_telefono:
            self.texto(_("Tel. %(t)s") % {"t": e.remitente_telefono}, 0, 94, izquierda, 5, letra=10)
        self.rotulo(_("Contiene"), 0, 100)
        self.texto(e.contenido, 0, 104, izquierda, 9, letra=9)
        dibujar_qr(self.pdf, e.enlace, self.x + _UTIL_MM - _QR_MM, self.y + 79, _QR_MM, borde=4)
        self._barras(e.numero)

    def _cabeza(self, e: Etiqueta) -> None:
        gramos = f"{e.peso_g:,}".replace(",", ".")
        self.texto(e.operador, 0, 0, _UTIL_MM - 52, 8, letra=11, negrita=True)
        if e.es_devolucion:
            self.pdf.set_fill_color(0, 0, 0)
            self.pdf.rect(self.x + _UTIL_MM - 50, self.y, 30, 7, style="F")
            self.pdf.set_text_color(255, 255, 255)
            self.texto(_("DEVOLUCIÓN"), _UTIL_MM - 49, 1, 28, 5, letra=11, negrita=True)
            self.pdf.set_text_color(0, 0, 0)
        self.texto(_("%(g)s g") % {"g": gramos}, _UTIL_MM - 19, 1, 19, 6, letra=11, alinear="R")
        self.pdf.line(self.x, self.y + 9, self.x + _UTIL_MM, self.y + 9)

    def _barras(self, numero: s10.Numero) -> None:
        modulos = s10.modulos128(str(numero))
        ancho, hasta = _UTIL_MM / len(modulos), 0
        self.pdf.set_fill_color(0, 0, 0)
        for negro, grupo in groupby(modulos):
            desde, hasta = hasta, hasta + len(list(grupo))
            if negro == "1":
                izquierda = self.x + desde * ancho
                self.pdf.rect(izquierda, self.y + 115, (hasta - desde) * ancho, _BARRAS_MM, style="F")
        self.texto(
            numero.legible, 0, 133, _UTIL_MM, 6, letra=15, negrita=True, alinear="C", familia="courier"
        )

    def rotulo(self, texto: str, x: float, y: float) -> None:
        self.texto(texto.upper(), x, y, 40, 4, letra=7)

    def texto(
        self,
        texto: str,
        x: float,
        y: float,
        ancho: float,
        alto: float,
        *,
        letra: float,
        negrita: bool = False,
        alinear: str = "L",
        familia: str = "helvetica",
    ) -> None:
        """Wrapped in its box, in letters of `letra` points or smaller; beyond the smallest it is cut."""
        limpio = " ".join(latino(texto).split())
        while True:
            self.pdf.set_font(familia, "B" if negrita else "", letra)
            linea = letra * _PUNTO_MM * 1.15
            lineas = self._partir(limpio, ancho, alinear)
            caben = max(1, int(alto / linea + 0.05))
            if len(lineas) <= caben or letra <= _LETRA_MINIMA:
                break
            letra -= 0.5
        self.pdf.set_y(self.y + y)
        for uno in lineas[:caben]:
            self.pdf.set_x(self.x + x)
            self.pdf.cell(ancho, linea, uno, align=alinear, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def _partir(self, texto: str, ancho: float, alinear: str) -> list[str]:
        """The lines that the text makes in this width, in the font that is set; nothing is drawn."""
        lineas = self.pdf.multi_cell(ancho, 1, texto, align=alinear, dry_run=True, output="LINES")
        assert isinstance(lineas, list)
        return lineas
