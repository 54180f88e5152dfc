"""A frozen search on paper, with a QR that leads to its public verification."""

from collections.abc import Mapping
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from comercio.evidencias.modelos import Congelada
from comercio.evidencias.presentar import (
    hay_en_palabras,
    pedido_en_palabras,
    precio_en_palabras,
    total_en_palabras,
    url_publica,
)
from nucleo.pdf import banda_de_la_casa, dibujar_qr, latino
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _

_MARGEN_MM = 14
_TERMINO_MM = 46
_QR_MM = 34


class _Papel(FPDF):
    """A4; each page says its number and whose document it is."""

    def __init__(self, fila: Congelada) -> None:
        super().__init__(format="A4")
        self._numero = fila.numero
        self.set_creation_date(fila.congelada_en)
        self.set_auto_page_break(True, margin=16)
        self.set_margins(_MARGEN_MM, _MARGEN_MM)
        self.set_title(latino(_("Búsqueda congelada %(n)s") % {"n": fila.numero}))
        self.set_author("Qhatu")
        self.set_lang("es-BO")
        self.alias_nb_pages()
        self.add_page()
        banda_de_la_casa(self, _("Búsqueda congelada"), _MARGEN_MM)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("helvetica", size=8)
        pagina = _("%(numero)s, página %(n)s de %(total)s") % {
            "numero": self._numero,
            "n": self.page_no(),
            "total": "{nb}",
        }
        self.cell(0, 5, latino(pagina), align="R")

    def linea(self, texto: str, letra: float = 9, *, negrita: bool = False) -> None:
        self.set_font("helvetica", "B" if negrita else "", letra)
        self.multi_cell(self.epw, letra * 0.5, latino(texto), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def dato(self, termino: str, valor: str) -> None:
        self.set_font("helvetica", "", 9)
        self.set_text_color(90, 90, 90)
        self.cell(_TERMINO_MM, 5, latino(termino))
        self.set_text_color(20, 20, 20)
        self.multi_cell(
            self.epw - _TERMINO_MM, 5, latino(valor), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )


def hacer_pdf(fila: Congelada, documento: Mapping[str, Any]) -> bytes:
    """The bytes of the paper; the same document gives the same paper."""
    pdf = _Papel(fila)
    pdf.set_xy(_MARGEN_MM, 28)
    pdf.linea(documento["numero"], 18, negrita=True)
    pdf.linea(documento["entidad"]["nombre"], 12, negrita=True)
    pdf.ln(2)
    pdf.dato(_("Fecha y hora"), filtro_fecha_hora(fila.congelada_en))
    pdf.dato(_("Quién"), documento["persona"])
    pdf.dato(_("Mandato"), documento["mandato"])
    pdf.dato(_("Para qué"), documento["para_que"])
    for termino, valor in pedido_en_palabras(documento["pedido"]):
        pdf.dato(termino, valor)
    pdf.dato(_("Resultados"), total_en_palabras(documento))
    pdf.ln(3)
    for r in documento["resultados"]:
        _resultado(pdf, r, elegido=r["producto"] == documento["elegido"])
    _verificacion(pdf, fila)
    return bytes(pdf.output())


def _resultado(pdf: _Papel, r: Mapping[str, Any], *, elegido: bool) -> None:
    """One result, never cut by a page."""
    if pdf.will_page_break(16):
        pdf.add_page()
    marca = _(" (el elegido)") if elegido else ""
    pdf.linea(f"{r['orden']}. {r['titulo']}{marca}", 10, negrita=True)
    hay = _("hay %(n)s") % {"n": hay_en_palabras(r)}
    vende = f"{r['vendedor']['nombre']} ({r['vendedor']['numero']})"
    pdf.linea(f"{precio_en_palabras(r)}; {hay}; {vende}; {r['lugar']}")
    pdf.ln(1.5)


def _verificacion(pdf: _Papel, fila: Congelada) -> None:
    if pdf.will_page_break(_QR_MM + 8):
        pdf.add_page()
    pdf.ln(4)
    arriba = pdf.get_y()
    dibujar_qr(pdf, url_publica(fila), _MARGEN_MM, arriba, _QR_MM)
    pdf.set_left_margin(_MARGEN_MM + _QR_MM + 6)
    pdf.set_y(arriba + 2)
    pdf.linea(_("Cualquiera puede verificarlo"), 10, negrita=True)
    pdf.linea(
        _("Escanee el código, o escriba en la página de verificación la huella (SHA-256) del documento:")
    )
    pdf.set_font("courier", "B", 9)
    pdf.multi_cell(0, 5, fila.huella, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.linea(url_publica(fila).partition("?")[0].removeprefix("https://").removeprefix("http://"), 8)
