"""How orders are told: names and tones of states, due dates in words, the public view and the whole one."""

from datetime import datetime, timedelta

from babel.dates import format_date, format_datetime
from sqlmodel import Session

from empresa_digital.registro import unidad_por_id
from nucleo.configuracion import ajustes
from nucleo.dinero import bs
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.cobros.codigos_qr import qr_de_orden
from pagos.cobros.consultas import lineas_de, pagos_de
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.devueltos import (
    devuelto_por_orden,
    devuelto_por_pago,
    reembolsable_de,
)
from pagos.cobros.esquemas import CobroPublico, OrdenLeida, PagoLeido
from pagos.cobros.estados import Devolucion, EstadoOrden, estado_visible
from pagos.cobros.modelos import Orden

NOMBRES: dict[EstadoOrden, tuple[str, str]] = {
    EstadoOrden.PENDIENTE: (_l("Por pagar"), "aviso"),
    EstadoOrden.PAGADA_PARCIAL: (_l("Pagada en parte"), "info"),
    EstadoOrden.PAGADA: (_l("Pagada"), "bien"),
    EstadoOrden.VENCIDA: (_l("Vencida"), "mal"),
    EstadoOrden.ANULADA: (_l("Anulada"), "neutro"),
}
"""What people read, and the tone of its badge."""

NOMBRES_DE_DEVOLUCION: dict[Devolucion, str] = {
    Devolucion.PARCIAL: _l("Devuelta en parte"),
    Devolucion.TOTAL: _l("Devuelta"),
}


def nombre_de_estado(estado: EstadoOrden) -> str:
    return str(NOMBRES[estado][0])


def estado_de(sesion: Session, orden: Orden) -> EstadoOrden:
    """The state that people see now."""
    return estado_visible(EstadoOrden(orden.estado), orden.vence_en, ahora_bd(sesion))


def url_de_pago(orden: Orden) -> str:
    return f"{ajustes().url_publica}/pagar/{formato_cpt(orden.cpt)}"


def vencimiento_en_palabras(vence_en: datetime, ahora: datetime) -> str:
    """The last day on which it can be paid, with the hour if it does not end with the day.

    An order due at midnight is payable until the end of the day before.
    """
    local, hoy = vence_en.astimezone(ZONA), ahora.astimezone(ZONA).date()
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        dia, hora = local.date() - timedelta(days=1), ""
    else:
        dia = local.date()
        hora = _(", antes de las %(hora)s") % {"hora": format_datetime(local, "HH:mm", tzinfo=ZONA)}
    dias = (dia - hoy).days
    if vence_en <= ahora:
        cuando = format_date(dia, "d 'de' MMMM 'de' y", locale="es_BO")
        return _("Se podía pagar hasta el %(cuando)s%(hora)s") % {"cuando": cuando, "hora": hora}
    if dias <= 0:
        return (_("Se paga hoy%(hora)s") if hora else _("Se paga hasta hoy, fin del día")) % {"hora": hora}
    if dias == 1:
        return _("Se paga hasta mañana%(hora)s") % {"hora": hora}
    forma = "EEEE d 'de' MMMM" if dia.year == hoy.year else "EEEE d 'de' MMMM 'de' y"
    cuando = format_date(dia, forma, locale="es_BO")
    return _("Se paga hasta el %(cuando)s%(hora)s") % {"cuando": cuando, "hora": hora}


def devolucion_de(sesion: Session, orden: Orden) -> Devolucion:
    """How much of what the order received went back."""
    return Devolucion.de(orden.pagado, devuelto_por_orden(sesion, [orden.id])[orden.id])


def leer_orden(sesion: Session, orden: Orden) -> OrdenLeida:
    """The whole order, with the state that people see."""
    pagos = pagos_de(sesion, orden.id)
    devuelto = devuelto_por_pago(sesion, pagos)
    leidos = [PagoLeido.de(p, devuelto[p.id], reembolsable_de(sesion, p, devuelto[p.id])) for p in pagos]
    leida = OrdenLeida.completa(
        orden, lineas_de(sesion, orden.id), leidos, sum(devuelto.values(), bs(0)), url_de_pago(orden)
    )
    return leida.model_copy(update={"estado": estado_de(sesion, orden)})


def cobro_publico(sesion: Session, orden: Orden) -> CobroPublico:
    """The minimum that anybody with the code may know."""
    estado = estado_de(sesion, orden)
    unidad = unidad_por_id(sesion, orden.unidad_id)
    return CobroPublico(
        id=orden.id,
        cpt=formato_cpt(orden.cpt),
        unidad_numero=unidad.numero,
        unidad_nombre=unidad.nombre,
        detalle=orden.detalle,
        monto=orden.monto,
        saldo=orden.saldo,
        parcial=orden.parcial,
        minimo=orden.minimo_ahora,
        vence_en=orden.vence_en,
        estado=estado,
        devolucion=devolucion_de(sesion, orden),
        qr=qr_de_orden(sesion, orden) if estado.se_puede_pagar else None,
    )
