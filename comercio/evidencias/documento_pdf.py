"""A frozen search on paper, with a QR that leads to its public verification."""

from collections.abc import Mapping
from typing import Any

from fpdf.enums import XPos, YPos

from comercio.evidencias.modelos import Congelada
from comercio.evidencias.presentar import (
    hay_en_palabras,
    pedido_en_palabras,
    precio_en_palabras,
    total_en_palabras,
    url_publica,
)
from nucleo.pdf import Papel, dibujar_qr
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _

_MARGEN_MM = 14
_QR_MM = 34


def hacer_pdf(fila: Congelada, documento: Mapping[str, Any]) -> bytes:
    """The bytes of the paper; the same document gives the same paper."""
    titulo = _("Búsqueda congelada %(n)s") % {"n": fila.numero}
    pdf = Papel(titulo, _("Búsqueda congelada"), fila.numero, fila.congelada_en, _MARGEN_MM)
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


def _resultado(pdf: Papel, r: Mapping[str, Any], *, elegido: bool) -> None:
    """One result, never cut by a page."""
    if pdf.will_page_break(16):
        pdf.add_page()
    marca = _(" (el elegido)") if elegido else ""
    pdf.linea(f"{r['orden']}. {r['titulo']}{marca}", 10, negrita=True)
    hay = _("hay %(n)s") % {"n": hay_en_palabras(r)}
    vende = f"{r['vendedor']['nombre']} ({r['vendedor']['numero']})"
    pdf.linea(f"{precio_en_palabras(r)}; {hay}; {vende}; {r['lugar']}")
    pdf.ln(1.5)


def _verificacion(pdf: Papel, fila: Congelada) -> None:
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
