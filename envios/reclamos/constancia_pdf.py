"""The paper of a claim, for who has no account: half a sheet, its clock and a QR that says how it goes."""

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from envios.reclamos.modelos import Reclamo
from nucleo.configuracion import ajustes
from nucleo.dinero import formato_bs
from nucleo.pdf import dibujar_direccion, dibujar_qr, latino, media_hoja
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora
from nucleo.textos import gettext as _

_MARGEN_MM = 14
_ANCHO_MM = 148 - 2 * _MARGEN_MM
_QR_MM = 34
_RELATO = 700


def hacer_pdf(reclamo: Reclamo, numero: str, operador: str, reclama: str, relato: str) -> bytes:
    """The same claim in the same state gives the same document; of a long account, how it begins."""
    pdf = media_hoja(_("Reclamo por un envío"), _MARGEN_MM, reclamo.presentado_en)
    pdf.set_xy(_MARGEN_MM, 27)
    pdf.set_font("courier", "B", 18)
    pdf.cell(_ANCHO_MM, 10, numero, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    filas = [
        (_("Reclama"), reclama),
        (_("Al operador"), operador),
        (_("Por"), reclamo.clase_enum.texto),
        (_("Pide por el contenido"), formato_bs(reclamo.pedido) if reclamo.pedido else ""),
        (_("Presentado"), filtro_fecha_hora(reclamo.presentado_en)),
        (_("Estado"), reclamo.estado_enum.texto),
        (_("Plazo que corre"), filtro_fecha(reclamo.vence_en) if reclamo.vence_en else ""),
    ]
    for termino, valor in filas:
        if valor:
            _parrafo(pdf, f"{termino}: {valor}", 10)
    que_paso = " ".join(relato.split())
    if len(que_paso) > _RELATO:
        que_paso = que_paso[:_RELATO].rsplit(" ", 1)[0] + "..."
    _parrafo(pdf, _("Qué pasó: %(relato)s") % {"relato": que_paso}, 9)
    _parrafo(
        pdf,
        _(
            "Si el operador no responde en su plazo, el reclamo se tiene por aceptado. Si responde y no "
            "está de acuerdo, vuelva a una agencia con este papel dentro del plazo y pida que lo lleve a la "
            "autoridad. Lo que se decida pagar se cobra en ventanilla con su carnet."
        ),
        9,
    )
    arriba = 210 - _MARGEN_MM - _QR_MM
    direccion = f"{ajustes().url_publica}/seguimiento/{numero}/reclamos"
    dibujar_qr(pdf, direccion, _MARGEN_MM, arriba, _QR_MM)
    pdf.set_xy(_MARGEN_MM + _QR_MM + 6, arriba + 4)
    pdf.set_font("helvetica", "", 9)
    pdf.cell(0, 5, latino(_("Vea en qué va, sin ingresar:")), new_x=XPos.LEFT, new_y=YPos.NEXT)
    dibujar_direccion(pdf, direccion, _ANCHO_MM - _QR_MM - 6)
    return bytes(pdf.output())


def _parrafo(pdf: FPDF, texto: str, tamano: float) -> None:
    pdf.ln(1)
    pdf.set_font("helvetica", "", tamano)
    pdf.multi_cell(_ANCHO_MM, tamano * 0.5, latino(texto), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
