"""On paper: the manifest of what travels, with both signatures, and the route sheet of a round."""

from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro import unidad_por_id
from envios.despachos.consultas import contenido, sacas_de_despacho
from envios.despachos.modelos import Despacho, HojaDeRuta
from envios.despachos.presentar import Ronda, ver_ronda
from envios.operadores import Agencia, agencias_en_lote
from nucleo.dinero import cero, formato_bs
from nucleo.pdf import dibujar_qr, latino
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import ngettext

_ALTO = 6.0


def en_kilos(peso_g: int | None) -> str:
    """``"12,345 kg"``."""
    return f"{(peso_g or 0) // 1000},{(peso_g or 0) % 1000:03d} kg"


class _Papel(FPDF):
    """A4, with the number and its QR on the first page, and page numbers."""

    def __init__(self, titulo: str, numero: str, apaisado: bool = False) -> None:
        super().__init__(format="A4", orientation="landscape" if apaisado else "portrait")
        self.numero = numero
        self.set_auto_page_break(True, margin=16)
        self.set_margins(12, 12, 12)
        self.set_title(latino(f"{titulo} {numero}"))
        self.set_author("Qhatu")
        self.set_lang("es-BO")
        self.alias_nb_pages()
        self.add_page()
        self.set_font("helvetica", "B", 15)
        self.linea(titulo, 8)
        self.set_font("courier", "B", 20)
        self.linea(numero, 10)
        self.set_font("helvetica", size=10)
        dibujar_qr(self, numero, self.w - 40, 10, 28)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("helvetica", size=8)
        pagina = _("Página %(n)s de %(total)s") % {"n": self.page_no(), "total": "{nb}"}
        self.cell(0, 5, latino(f"{self.numero} - {pagina}"), align="R")

    def linea(self, texto: str, alto: float = 5.5) -> None:
        self.cell(0, alto, self.corta(texto, self.epw), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def corta(self, texto: str, ancho: float) -> str:
        limpio = latino(texto)
        while limpio and self.get_string_width(limpio) > ancho:
            limpio = limpio[:-2]
        return limpio

    def fila(self, celdas: Sequence[str], anchos: Sequence[float], *, titulo: bool = False) -> None:
        self.set_font("helvetica", "B" if titulo else "", 9)
        for texto, ancho in zip(celdas, anchos, strict=True):
            self.cell(ancho, _ALTO, self.corta(texto, ancho - 2), border="B")
        self.ln(_ALTO)

    def firmas(self, *quienes: str) -> None:
        """A line for each, and under it who signs, all on one page."""
        if self.will_page_break(38):
            self.add_page()
        self.ln(22)
        ancho = self.epw / len(quienes)
        y = self.get_y()
        self.set_font("helvetica", size=9)
        for i, quien in enumerate(quienes):
            x = self.l_margin + i * ancho
            self.line(x + 4, y, x + ancho - 8, y)
            self.set_xy(x + 4, y + 1)
            self.multi_cell(ancho - 12, 4.5, latino(quien), align="L")


def manifiesto_pdf(sesion: Session, despacho: Despacho) -> bytes:
    """Totals, each bag with its seal and weight, each item, and room for both signatures."""
    agencias = agencias_en_lote(sesion, [despacho.origen_agencia_id, despacho.destino_agencia_id])
    origen, destino = agencias[despacho.origen_agencia_id], agencias[despacho.destino_agencia_id]
    sacas = sacas_de_despacho(sesion, despacho.id)
    cosas = contenido(sesion, [s.id for s in sacas], despacho.id)
    pdf = _Papel(_("Manifiesto de despacho"), despacho.numero)
    pdf.linea(_("De: %(a)s") % {"a": _donde(sesion, origen)})
    pdf.linea(_("A: %(a)s") % {"a": _donde(sesion, destino)})
    pdf.linea(_("Vehículo: %(v)s. Lo lleva: %(c)s") % {"v": despacho.vehiculo, "c": despacho.conductor})
    if despacho.salio_en is not None:
        pdf.linea(_("Salió el %(d)s") % {"d": filtro_fecha_hora(despacho.salio_en)})
    else:
        pdf.linea(_("En preparación: todavía no salió."))
    pdf.ln(2)
    sueltos = [c for c in cosas if c.carga.saca_id is None]
    peso = despacho.peso_g
    if peso is None:
        peso = sum(s.peso_g or 0 for s in sacas) + sum(c.envio.peso_g for c in sueltos)
    pdf.set_font("helvetica", "B", 11)
    pdf.linea(
        _("Total. Sacas: %(s)d. Envíos: %(e)d. Peso: %(p)s")
        % {"s": len(sacas), "e": len(cosas), "p": en_kilos(peso)},
        8,
    )
    for saca in sacas:
        suyos = [c for c in cosas if c.carga.saca_id == saca.id]
        pdf.fila(
            (
                _("Saca %(n)s") % {"n": saca.numero},
                _("Precinto %(p)s") % {"p": saca.precinto or "-"},
                en_kilos(saca.peso_g),
                ngettext("%(num)s envío", "%(num)s envíos", len(suyos)) % {"num": len(suyos)},
            ),
            (50, 60, 36, 40),
            titulo=True,
        )
        for desde in range(0, len(suyos), 4):
            tanda = [c.envio.numero for c in suyos[desde : desde + 4]]
            pdf.fila([*tanda, *[""] * (4 - len(tanda))], (46.5,) * 4)
    if sueltos:
        pdf.fila((_("Envíos sueltos"), "", ""), (60, 90, 36), titulo=True)
    for c in sueltos:
        pdf.fila((c.envio.numero, c.envio.contenido, en_kilos(c.envio.peso_g)), (60, 90, 36))
    pdf.firmas(
        _("Entrega: nombre, firma y hora (%(a)s)") % {"a": origen.nombre},
        _("Recibe: nombre, firma y hora (%(a)s)") % {"a": destino.nombre},
    )
    return bytes(pdf.output())


def _donde(sesion: Session, agencia: Agencia) -> str:
    operador = unidad_por_id(sesion, agencia.operador_unidad_id).nombre
    return f"{agencia.nombre} ({agencia.codigo}), {operador}"


def hoja_pdf(sesion: Session, hoja: HojaDeRuta, agencia: Agencia) -> bytes:
    """The stops in order, with room to sign or to say why not. It carries no delivery code."""
    return _hoja(ver_ronda(sesion, hoja, agencia), _repartidor(sesion, hoja))


def _repartidor(sesion: Session, hoja: HojaDeRuta) -> str:
    return nombres_de_personas(sesion, [hoja.repartidor_persona_id])[hoja.repartidor_persona_id]


def _hoja(ronda: Ronda, repartidor: str) -> bytes:
    hoja = ronda.hoja
    pdf = _Papel(_("Hoja de ruta"), hoja.numero, apaisado=True)
    pdf.linea(f"{ronda.agencia.nombre}. {repartidor}. {filtro_fecha(hoja.dia)}")
    cobra = sum((p.cobrar for p in ronda.paradas), cero())
    pdf.linea(_("Envíos: %(n)d") % {"n": len(ronda.paradas)})
    if cobra > cero():
        pdf.linea(_("Contra entrega por cobrar: %(m)s") % {"m": formato_bs(cobra)})
    pdf.ln(2)
    anchos = (10, 34, 52, 98, 27, 26, 26)
    pdf.fila(
        ("", _("Envío"), _("Para"), _("Dónde"), _("Teléfono"), _("Cobrar"), _("Resultado")),
        anchos,
        titulo=True,
    )
    for n, p in enumerate(ronda.paradas, 1):
        donde = f"{p.destino.split(',')[0]}: {p.destino_referencia}"
        cobrar = formato_bs(p.cobrar) if p.cobrar > cero() else ""
        if pdf.will_page_break(2 * _ALTO):
            pdf.add_page()
        pdf.fila(
            (str(n), p.numero, p.destinatario_nombre, donde, p.destinatario_telefono, cobrar, ""), anchos
        )
        if p.elige or p.codigo_plus:
            mas = " · ".join(filter(None, (p.codigo_plus, p.elige)))
            pdf.fila(("", "", mas), (10, 34, 229))
    return bytes(pdf.output())
