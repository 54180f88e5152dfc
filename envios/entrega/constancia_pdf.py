"""The proof of delivery on paper: one page, with the photo and the signature."""

import io

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from sqlmodel import Session

from envios import s10
from envios.entrega.presentar import Prueba
from envios.entrega.tipos import ClaseDeArchivo
from envios.items import url_de_seguimiento
from envios.items.modelos import Envio
from nucleo.archivos import bytes_de
from nucleo.pdf import banda_de_la_casa, dibujar_direccion, dibujar_qr, latino
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _

_MARGEN_MM, _UTIL_MM = 20, 170
_FOTO_MM, _FIRMA_MM, _ALTO_MM = 95, 60, 110
_QR_MM, _QR_Y_MM = 28, 250


def hacer_constancia(sesion: Session, envio: Envio, prueba: Prueba, operador: str, destino: str) -> bytes:
    """An A4 page. Pictures are those that were kept, never what somebody sent."""
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_margins(_MARGEN_MM, _MARGEN_MM)
    pdf.set_title(latino(_("Constancia de entrega")))
    pdf.set_author("Qhatu")
    pdf.set_lang("es-BO")
    pdf.add_page()
    pdf.set_auto_page_break(auto=False)
    banda_de_la_casa(pdf, _("Constancia de entrega"), _MARGEN_MM)
    pdf.set_xy(_MARGEN_MM, 28)
    pdf.set_font("courier", "B", 13)
    pdf.cell(_UTIL_MM, 8, s10.leer_numero(envio.numero).legible, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(3)
    for rotulo, texto in _datos(envio, prueba, operador, destino):
        pdf.set_font("helvetica", "", 9)
        pdf.cell(45, 7, latino(rotulo))
        pdf.set_font("helvetica", "B", 11)
        pdf.multi_cell(_UTIL_MM - 45, 7, latino(texto), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(4)
    alto = pdf.get_y()
    for clase, rotulo, x, ancho in (
        (ClaseDeArchivo.FOTO, _("Foto al entregar"), _MARGEN_MM, _FOTO_MM),
        (ClaseDeArchivo.FIRMA, _("Firma de quien recibió"), _MARGEN_MM + _FOTO_MM + 10, _FIRMA_MM),
    ):
        if clase in prueba.archivos:
            pdf.set_xy(x, alto)
            pdf.set_font("helvetica", "", 9)
            pdf.cell(ancho, 6, latino(rotulo))
            imagen = io.BytesIO(bytes_de(sesion, prueba.archivos[clase].archivo_id))
            pdf.image(imagen, x, alto + 6, ancho, _ALTO_MM, keep_aspect_ratio=True)
    _donde_seguirlo(pdf, url_de_seguimiento(envio))
    return bytes(pdf.output())


def _donde_seguirlo(pdf: FPDF, direccion: str) -> None:
    dibujar_qr(pdf, direccion, _MARGEN_MM, _QR_Y_MM, _QR_MM)
    pdf.set_xy(_MARGEN_MM + _QR_MM + 6, _QR_Y_MM + 8)
    pdf.set_font("helvetica", "B", 10)
    pdf.cell(0, 5, latino(_("Vea su recorrido")), new_x=XPos.LEFT, new_y=YPos.NEXT)
    dibujar_direccion(pdf, direccion, _UTIL_MM - _QR_MM - 6)


def _datos(envio: Envio, prueba: Prueba, operador: str, destino: str) -> list[tuple[str, str]]:
    fila = prueba.fila
    datos = [
        (_("Recibió"), fila.receptor_nombre),
        (_("En calidad de"), fila.relacion.texto),
        (_("Cuándo"), filtro_fecha_hora(prueba.ocurrida_en)),
        (_("Código de entrega"), _("Comprobado") if prueba.codigo_comprobado else _("No se comprobó")),
        (_("Para"), envio.destinatario_nombre),
        (_("Destino"), destino),
        (_("Operador"), operador),
    ]
    if fila.latitud is not None:
        datos.append((_("Lugar"), f"{fila.latitud}, {fila.longitud}"))
    return datos
