"""How a call says that it is won, and what goes with it: an auction, two envelopes, a quick quotation."""

from datetime import datetime

from sqlmodel import Session

from feria_inversa.documentos import pedidos_de
from feria_inversa.procesos.errores import CotizacionNoCorresponde, SubastaNoCorresponde
from feria_inversa.procesos.estados import Forma, Metodo
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import Clave, Reglas
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _

SE_SUBASTAN = frozenset({"bienes", "servicios"})
METODOS_CON_SUBASTA = frozenset({Metodo.PRECIO, Metodo.CALIDAD_Y_COSTO})
PUNTOS = 100
"""What a bid that is the best in everything gets."""


def exigir_metodo(convocatoria: Convocatoria) -> None:
    """Raise `DatosInvalidos` unless what quality is worth goes with the method."""
    metodo, tecnica = Metodo(convocatoria.metodo), convocatoria.puntos_tecnica
    falta = ""
    if metodo.con_puntaje != bool(tecnica):
        falta = _("La propuesta técnica vale de 1 a 100 puntos, o 0 si solo se compara el precio.")
    elif metodo == Metodo.CALIDAD_Y_COSTO and tecnica == PUNTOS:
        falta = _("Con este método el precio vale algo: de la técnica, hasta 99 puntos.")
    if falta:
        raise DatosInvalidos(falta, campos={"puntos_tecnica": falta})
    _exigir_subastable(convocatoria)
    _exigir_cotizable(convocatoria)
    _exigir_dos_sobres(convocatoria)
    if convocatoria.minimo_tecnica > tecnica:
        falta = _("El mínimo no puede ser más de lo que vale la propuesta técnica.")
        raise DatosInvalidos(falta, campos={"minimo_tecnica": falta})


def _exigir_subastable(convocatoria: Convocatoria) -> None:
    """Raise `DatosInvalidos` of an auction of what the norm does not auction."""
    falta = ""
    if convocatoria.subasta and convocatoria.categoria not in SE_SUBASTAN:
        falta = _("Solo se subastan bienes y servicios.")
    elif convocatoria.subasta and convocatoria.metodo not in METODOS_CON_SUBASTA:
        falta = _("Con subasta gana el precio más bajo, o se suman calidad y costo.")
    if falta:
        raise DatosInvalidos(falta, campos={"subasta": falta})
    if convocatoria.subasta_por_rondas and not convocatoria.subasta:
        falta = _("Las rondas son de la subasta electrónica: marque también que la lleva.")
        raise DatosInvalidos(falta, campos={"subasta_por_rondas": falta})


def _exigir_cotizable(convocatoria: Convocatoria) -> None:
    """Raise `DatosInvalidos` of hidden names where more than the price is compared, or it is bid down."""
    if convocatoria.cotizacion_rapida and (convocatoria.subasta or convocatoria.metodo != Metodo.PRECIO):
        falta = _("En una cotización rápida gana el precio más bajo, sin subasta.")
        raise DatosInvalidos(falta, campos={"cotizacion_rapida": falta})


def _exigir_dos_sobres(convocatoria: Convocatoria) -> None:
    """Raise `DatosInvalidos` of two envelopes where a bid has not one technical part that is scored: for all
    that is asked, and before anything is known of its prices.
    """
    falta = ""
    if convocatoria.dos_sobres and not Metodo(convocatoria.metodo).con_puntaje:
        falta = _("Si gana el precio más bajo basta un sobre: elija un método que califique lo técnico.")
    elif convocatoria.dos_sobres and convocatoria.adjudica_por != Forma.TOTAL:
        falta = _("Con dos sobres se adjudica por el total: quien pasa, pasa con todo lo que ofrece.")
    elif convocatoria.dos_sobres and convocatoria.subasta:
        falta = _("Con dos sobres no hay subasta: elija una cosa u otra.")
    if falta:
        raise DatosInvalidos(falta, campos={"dos_sobres": falta})


def exigir_admitido(
    sesion: Session, convocatoria: Convocatoria, reglas: Reglas, vence_en: datetime | None
) -> None:
    """Raise `SubastaNoCorresponde`, `CotizacionNoCorresponde` or `DatosInvalidos` of what does not go with
    the rules by which it is published, or needs a deadline that it has not.
    """
    _exigir_subasta_admitida(convocatoria, reglas, vence_en)
    _exigir_cotizacion_admitida(sesion, convocatoria, reglas, vence_en)
    if vence_en is None and convocatoria.dos_sobres:
        raise DatosInvalidos(_("Sin convocatoria no hay dos sobres: quítelos de los datos del borrador."))


def _exigir_cotizacion_admitida(
    sesion: Session, convocatoria: Convocatoria, reglas: Reglas, vence_en: datetime | None
) -> None:
    """Raise `CotizacionNoCorresponde` of hidden names where the modality does not hide them, where nobody is
    called, or where a document would tell them.
    """
    if not convocatoria.cotizacion_rapida:
        return
    valor, detalle = reglas.valores.get(Clave.COTIZACION_RAPIDA), ""
    if vence_en is None:
        detalle = _("Sin convocatoria no hay cotización rápida: quítela de los datos del borrador.")
    elif valor is None or not valor.valor:
        detalle = _("{modalidad} no admite la cotización rápida: quítela de los datos de la convocatoria.")
    elif pedidos_de(sesion, convocatoria.id):
        detalle = _(
            "Los documentos dirían de quién es la oferta: no pida ninguno, o quite la cotización rápida."
        )
    if detalle:
        raise CotizacionNoCorresponde(detalle.format(modalidad=reglas.nombre))


def _exigir_subasta_admitida(convocatoria: Convocatoria, reglas: Reglas, vence_en: datetime | None) -> None:
    """Raise `SubastaNoCorresponde` of an auction where the modality has none, or none by rounds, or nobody is
    called.
    """
    dicha = reglas.subasta
    cabe = dicha is not None and (
        not convocatoria.subasta_por_rondas or bool(dicha.turno_min and dicha.pausa_min)
    )
    if not convocatoria.subasta or (vence_en is not None and cabe):
        return
    detalle = _("{modalidad} no lleva subasta electrónica: quítela de los datos de la convocatoria.")
    if dicha is not None:
        detalle = _("{modalidad} no dice cuánto dura un turno: elija la subasta que no va por rondas.")
    if vence_en is None:
        detalle = _("Sin convocatoria no hay subasta electrónica: quítela de los datos del borrador.")
    raise SubastaNoCorresponde(detalle.format(modalidad=reglas.nombre))
