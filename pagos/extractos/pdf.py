"""A statement as PDF: A4, as many pages as it needs, titles and page numbers on each, totals at the end.

The built-in PDF fonts know Latin-1, enough for Spanish, Quechua and Aymara; any other letter is replaced by
its nearest one.
"""

from datetime import datetime
from typing import Literal

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from nucleo.dinero import formato_bs
from nucleo.pdf import latino
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _
from pagos.extractos.extracto import Extracto
from pagos.extractos.tabla import numero

TIPO_PDF = "application/pdf"
_ANCHOS = (31.0, 39.0, 53.0, 21.0, 21.0, 25.0)
_ALTO = 6.0
_ALTO_NOTA = 4.5


class _Documento(FPDF):
    def __init__(self, extracto: Extracto) -> None:
        super().__init__(format="A4")
        self.extracto = extracto
        self.set_auto_page_break(True, margin=18)
        self.set_margins(10, 12, 10)
        self.set_title(latino(_("Extracto de cuenta")))
        self.set_author("Qhatu")
        self.set_lang("es-BO")
        self.set_creation_date(extracto.preparado_en)
        self.alias_nb_pages()

    def header(self) -> None:
        e = self.extracto
        self.set_font("helvetica", "B", 14)
        self._linea(_("Extracto de cuenta"), alto=8)
        self.set_font("helvetica", size=9)
        self._linea(_("Titular: %(t)s · Cuenta n.º %(n)s") % {"t": e.titular, "n": e.cuenta_id}, alto=5)
        self._linea(
            _("Del %(d)s al %(h)s") % {"d": f"{e.desde:%d/%m/%Y}", "h": f"{e.hasta:%d/%m/%Y}"}, alto=5
        )
        self.ln(2)
        self.set_font("helvetica", "B", 8)
        self.set_fill_color(235, 230, 240)
        titulos = (_("Fecha"), _("Movimiento"), _("Contraparte"), _("Entra"), _("Sale"), _("Saldo"))
        self.fila(titulos, relleno=True)
        self.set_font("helvetica", size=8)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("helvetica", size=8)
        hecho = self.extracto.preparado_en.astimezone(ZONA)
        self.cell(0, 5, latino(_("Qhatu · emitido el %(f)s") % {"f": f"{hecho:%d/%m/%Y %H:%M}"}))
        pagina = _("Página %(n)s de %(total)s") % {"n": self.page_no(), "total": "{nb}"}
        self.set_x(-60)
        self.cell(50, 5, latino(pagina), align="R")

    def _linea(self, texto: str, *, alto: float) -> None:
        self.cell(0, alto, self._corta(texto, self.epw), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _corta(self, texto: str, ancho: float) -> str:
        limpio = latino(texto)
        if self.get_string_width(limpio) <= ancho:
            return limpio
        while limpio and self.get_string_width(limpio + "...") > ancho:
            limpio = limpio[:-1]
        return limpio.rstrip() + "..."

    def movimiento(self, celdas: tuple[str, ...], nota: str) -> None:
        """A row, and under it what the payment was for, whole: both on one page."""
        if not nota:
            self.fila(celdas)
            return
        ancho = self.epw - _ANCHOS[0]
        limpia = latino(f"«{nota}»")
        alto = float(
            self.multi_cell(ancho, _ALTO_NOTA, limpia, dry_run=True, output=MethodReturnValue.HEIGHT)  # type: ignore[arg-type]
        )
        if self.will_page_break(_ALTO + alto):
            self.add_page()
        self.fila(celdas, borde=0)
        self.cell(_ANCHOS[0], alto, "", border="B")
        self.multi_cell(ancho, _ALTO_NOTA, limpia, border="B", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def fila(self, celdas: tuple[str, ...], *, relleno: bool = False, borde: Literal[0, "B"] = "B") -> None:
        for i, (ancho, texto) in enumerate(zip(_ANCHOS, celdas, strict=True)):
            self.cell(
                ancho,
                _ALTO,
                self._corta(texto, ancho - 2),
                border=borde,
                align="R" if i >= 3 else "L",
                fill=relleno,
            )
        self.ln(_ALTO)


def _cuando(instante: datetime) -> str:
    return f"{instante.astimezone(ZONA):%d/%m/%Y %H:%M:%S}"


def generar_pdf(extracto: Extracto) -> bytes:
    """The whole document (a PDF ends with an index of its parts, so it cannot be sent in pieces)."""
    pdf = _Documento(extracto)
    pdf.add_page()
    pdf.set_font("helvetica", "B", 8)
    pdf.fila((f"{extracto.desde:%d/%m/%Y}", _("Saldo inicial"), "", "", "", numero(extracto.saldo_inicial)))
    pdf.set_font("helvetica", size=8)
    for m, nombre, nota in extracto.lineas():
        monto = numero(m.monto)
        entra, sale = (monto, "") if m.entra else ("", monto)
        celdas = (_cuando(m.creada_en), str(m.motivo), nombre, entra, sale, numero(m.saldo))
        pdf.movimiento(celdas, nota)
    pdf.set_font("helvetica", "B", 8)
    totales = (numero(extracto.entradas), numero(extracto.salidas), numero(extracto.saldo_final))
    pdf.fila((f"{extracto.hasta:%d/%m/%Y}", _("Saldo final y totales"), "", *totales), relleno=True)
    pdf.ln(3)
    pdf.set_font("helvetica", size=9)
    suma = _("Saldo inicial %(i)s + entra %(e)s - sale %(s)s = saldo final %(f)s") % {
        "i": formato_bs(extracto.saldo_inicial),
        "e": formato_bs(extracto.entradas),
        "s": formato_bs(extracto.salidas),
        "f": formato_bs(extracto.saldo_final),
    }
    pdf.multi_cell(0, 5, latino(suma.replace("\u00a0", " ")))
    return bytes(pdf.output())
