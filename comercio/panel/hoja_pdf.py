"""On paper: what to pick, place by place, and what goes in each parcel."""

from collections.abc import Sequence
from itertools import groupby

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from comercio.catalogo import en_medida
from comercio.panel.preparar import PorPreparar, PorRecoger, Renglon
from nucleo.pdf import latino
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _

_ALTO = 7.0
_CASILLA_MM = 4.0


class _Papel(FPDF):
    """A4 with page numbers; a row has a square to tick."""

    def __init__(self, titulo: str) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(True, margin=16)
        self.set_margins(12, 12, 12)
        self.set_title(latino(titulo))
        self.set_author("Qhatu")
        self.set_lang("es-BO")
        self.alias_nb_pages()
        self.add_page()

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("helvetica", size=8)
        pagina = _("Página %(n)s de %(total)s") % {"n": self.page_no(), "total": "{nb}"}
        self.cell(0, 5, latino(pagina), align="R")

    def linea(self, texto: str, letra: int = 10, *, negrita: bool = False) -> None:
        self.set_font("helvetica", "B" if negrita else "", letra)
        alto = letra * 0.55
        self.multi_cell(self.epw, alto, latino(texto), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def renglon(self, r: Renglon, ademas: str = "") -> None:
        """A square, how much, what; as many lines as its name takes, never cut by a page."""
        if self.will_page_break(2 * _ALTO):
            self.add_page()
        y = self.get_y()
        self.rect(self.l_margin + 1, y + 1.4, _CASILLA_MM, _CASILLA_MM)
        self.set_xy(self.l_margin + 8, y)
        self.set_font("helvetica", "B", 11)
        self.cell(36, _ALTO, latino(en_medida(r.cantidad, r.unidad_medida)))
        self.set_font("helvetica", size=10)
        que = f"{r.nombre} - {r.sku}" + (f" - {ademas}" if ademas else "")
        self.multi_cell(self.epw - 44, _ALTO, latino(que), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())


def hoja_de_recojo(
    tienda: str, cuando: str, recojo: Sequence[PorRecoger], pedidos: Sequence[PorPreparar]
) -> bytes:
    """First what to take from each place, then what goes in each parcel; services are not in it."""
    pdf = _Papel(_("Hoja de recojo"))
    pdf.linea(_("Hoja de recojo"), 17, negrita=True)
    pdf.linea(f"{tienda}. {cuando}")
    for lugar, suyos in groupby(recojo, key=lambda r: r.lugar):
        pdf.ln(4)
        pdf.linea(lugar, 13, negrita=True)
        for r in suyos:
            pdf.renglon(r, _("para %(n)s pedidos") % {"n": r.pedidos} if r.pedidos > 1 else "")
    pdf.ln(6)
    pdf.linea(_("Qué va en cada paquete"), 14, negrita=True)
    for p in pedidos:
        if p.es_servicio:
            continue
        if pdf.will_page_break(4 * _ALTO):
            pdf.add_page()
        pdf.ln(3)
        pdf.linea(f"{p.numero} - " + ", ".join(filter(None, (p.destinatario, p.lugar))), 11, negrita=True)
        pdf.linea(_("Tenerlo listo hasta el %(dia)s") % {"dia": filtro_fecha(p.despachar_hasta)}, 9)
        for renglon in p.renglones:
            pdf.renglon(renglon)
    return bytes(pdf.output())
