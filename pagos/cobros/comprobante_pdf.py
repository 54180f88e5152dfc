"""The receipt on paper: one A5 page with a QR that leads to its public verification."""

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from nucleo.dinero import formato_bs
from nucleo.pdf import dibujar_qr, latino, media_hoja
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from pagos.cobros.comprobantes import Comprobante
from pagos.cobros.estados import Devolucion

_MARGEN_MM = 14
_ANCHO_MM = 148 - 2 * _MARGEN_MM
_TERMINO_MM = 34
_QR_MM = 38


def hacer_pdf(comprobante: Comprobante, nota: str | None = None) -> bytes:
    """The bytes of the document; the same receipt gives the same document until some of it goes back. `nota`
    is what the payment was for, on the parties' own paper only: what anybody verifies has none."""
    pdf = media_hoja(_("Comprobante de pago"), _MARGEN_MM, comprobante.cuando)
    _cabeza(pdf, comprobante)
    _datos(pdf, comprobante, nota)
    _verificacion(pdf, comprobante)
    return bytes(pdf.output())


def _cabeza(pdf: FPDF, c: Comprobante) -> None:
    pdf.set_xy(_MARGEN_MM, 30)
    pdf.set_font("helvetica", "B", 24)
    pdf.cell(_ANCHO_MM, 11, latino(formato_bs(c.monto)), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.set_font("helvetica", "B", 12)
    pdf.multi_cell(_ANCHO_MM, 6, latino(c.concepto), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if c.devolucion is not Devolucion.NINGUNA:
        pdf.set_text_color(160, 20, 20)
        texto = _("DEVUELTO: %(devuelto)s de este pago volvieron a quien pagó.")
        cuanto = {"devuelto": formato_bs(c.devuelto)}
        pdf.multi_cell(_ANCHO_MM, 6, latino(texto % cuanto), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        pdf.set_text_color(20, 20, 20)
    pdf.ln(3)


def _datos(pdf: FPDF, c: Comprobante, nota: str | None) -> None:
    filas = [
        (_("Pagado a"), c.recibe),
        (_("Pagado por"), c.paga),
        (_("Fecha y hora"), filtro_fecha_hora(c.cuando)),
        (_("Para qué es"), nota or ""),
        (_("Código de pago"), c.cpt or ""),
        (_("Referencia"), (c.orden.referencia or "") if c.orden else ""),
        (_("Número en el libro"), str(c.transferencia.numero)),
        (_("Identificador"), str(c.transferencia.id)),
    ]
    if c.orden is not None and c.orden.factura_nit is not None:
        filas[5:5] = [(_("Factura a"), f"{c.orden.factura_razon_social}, NIT {c.orden.factura_nit}")]
    for termino, valor in filas:
        if not valor:
            continue
        pdf.set_font("helvetica", "", 9.5)
        pdf.set_text_color(90, 90, 90)
        pdf.cell(_TERMINO_MM, 6, latino(termino))
        pdf.set_text_color(20, 20, 20)
        pdf.multi_cell(_ANCHO_MM - _TERMINO_MM, 6, latino(valor), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _verificacion(pdf: FPDF, c: Comprobante) -> None:
    arriba = 210 - _MARGEN_MM - _QR_MM
    pdf.set_draw_color(190, 190, 190)
    pdf.line(_MARGEN_MM, arriba - 5, 148 - _MARGEN_MM, arriba - 5)
    dibujar_qr(pdf, c.url, _MARGEN_MM, arriba, _QR_MM)
    izquierda = _MARGEN_MM + _QR_MM + 6
    pdf.set_xy(izquierda, arriba + 2)
    pdf.set_font("helvetica", "B", 10)
    pdf.cell(0, 5, latino(_("Cualquiera puede verificarlo")), new_x=XPos.LEFT, new_y=YPos.NEXT)
    pdf.set_font("helvetica", "", 9)
    texto = _("Escanee el código o escriba estas letras en la página de verificación:")
    pdf.multi_cell(0, 4.5, latino(texto), new_x=XPos.LEFT, new_y=YPos.NEXT)
    pdf.set_font("courier", "B", 10)
    pdf.multi_cell(0, 6, c.codigo, new_x=XPos.LEFT, new_y=YPos.NEXT)
    pdf.set_font("helvetica", "", 8)
    pdf.multi_cell(0, 4, latino(c.url.rsplit("/", 1)[0]), link=c.url)
