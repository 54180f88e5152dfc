"""The receipt of posting on paper: one A5 page with a QR that leads to its public verification."""

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from envios.admision.constancia import Constancia
from envios.tarifas import peso_en_palabras
from nucleo.configuracion import ajustes
from nucleo.dinero import cero, formato_bs
from nucleo.pdf import dibujar_direccion, dibujar_qr, latino, media_hoja
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora
from nucleo.textos import gettext as _

_MARGEN_MM = 14
_ANCHO_MM = 148 - 2 * _MARGEN_MM
_TERMINO_MM = 34
_QR_MM = 34


def hacer_pdf(constancia: Constancia) -> bytes:
    """The same receipt gives the same document."""
    pdf = media_hoja(_("Constancia de admisión"), _MARGEN_MM, constancia.admitido_en)
    _cabeza(pdf, constancia)
    _datos(pdf, constancia)
    if constancia.codigo_entrega:
        _codigo(pdf, constancia.codigo_entrega)
    _si_se_pierde(pdf)
    _verificacion(pdf, constancia)
    return bytes(pdf.output())


def _cabeza(pdf: FPDF, c: Constancia) -> None:
    pdf.set_xy(_MARGEN_MM, 27)
    pdf.set_font("courier", "B", 20)
    pdf.cell(_ANCHO_MM, 10, c.numero.legible, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.set_font("helvetica", "B", 12)
    pdf.multi_cell(_ANCHO_MM, 6, latino(c.operador), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(2)


def _datos(pdf: FPDF, c: Constancia) -> None:
    medidas = (
        _("%(l)s × %(a)s × %(h)s cm")
        % {"l": c.medidas.largo_cm, "a": c.medidas.ancho_cm, "h": c.medidas.alto_cm}
        if c.medidas
        else ""
    )
    pagado = f"{formato_bs(c.importe)}, {c.medio_en_palabras}" if c.importe > cero() else c.medio_en_palabras
    filas = [
        (_("Recibido en"), f"{c.agencia}, {c.lugar}"),
        (_("Fecha y hora"), filtro_fecha_hora(c.admitido_en)),
        (_("De"), c.remitente),
        (_("Para"), c.destinatario),
        (_("Destino"), c.destino),
        (_("Cómo llegar"), c.referencia[:160]),
        (_("Contenido"), c.contenido[:120]),
        (_("Peso medido"), peso_en_palabras(c.peso_g) + (f" ({medidas})" if medidas else "")),
        (_("Servicio"), c.servicio),
        (_("Franqueo"), pagado),
        (_("Asegurado en"), formato_bs(c.valor_declarado) if c.valor_declarado else ""),
        (_("Se cobra al entregar"), formato_bs(c.contra_entrega) if c.contra_entrega else ""),
        (_("Llega el"), filtro_fecha(c.entrega_el, "EEEE d 'de' MMMM 'de' y") if c.entrega_el else ""),
    ]
    for termino, valor in filas:
        if not valor:
            continue
        pdf.set_font("helvetica", "", 9.5)
        pdf.set_text_color(90, 90, 90)
        pdf.cell(_TERMINO_MM, 5.4, latino(termino))
        pdf.set_text_color(20, 20, 20)
        pdf.multi_cell(_ANCHO_MM - _TERMINO_MM, 5.4, latino(valor), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _codigo(pdf: FPDF, codigo: str) -> None:
    pdf.ln(1)
    pdf.set_font("helvetica", "B", 10)
    texto = _("Código de entrega: %(codigo)s. Dígaselo solo a quien recibe.") % {"codigo": codigo}
    pdf.multi_cell(_ANCHO_MM, 5, latino(texto), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _si_se_pierde(pdf: FPDF) -> None:
    pdf.ln(1)
    pdf.set_font("helvetica", "", 8.5)
    texto = _(
        "Guarde esta constancia. Siga el envío con su número en la página de seguimiento. Si se pierde, se "
        "daña o no llega en su fecha, reclame al operador con esta constancia; si no responde, acuda al "
        "regulador postal."
    )
    pdf.multi_cell(_ANCHO_MM, 4.2, latino(texto), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _verificacion(pdf: FPDF, c: Constancia) -> None:
    arriba = 210 - _MARGEN_MM - _QR_MM
    pdf.set_draw_color(190, 190, 190)
    pdf.line(_MARGEN_MM, arriba - 4, 148 - _MARGEN_MM, arriba - 4)
    dibujar_qr(pdf, c.url, _MARGEN_MM, arriba, _QR_MM)
    pdf.set_xy(_MARGEN_MM + _QR_MM + 6, arriba + 2)
    pdf.set_font("helvetica", "B", 10)
    pdf.cell(0, 5, latino(_("Cualquiera puede verificarla")), new_x=XPos.LEFT, new_y=YPos.NEXT)
    pdf.set_font("helvetica", "", 9)
    texto = _("Escanee el código o busque el número del envío en:")
    pdf.multi_cell(0, 4.5, latino(texto), new_x=XPos.LEFT, new_y=YPos.NEXT)
    dibujar_direccion(pdf, f"{ajustes().url_publica}/seguimiento", _ANCHO_MM - _QR_MM - 6)
