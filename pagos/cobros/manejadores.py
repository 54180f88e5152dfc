"""What follows: notices to who charges and who pays, webhooks to the unit, and payments by card."""

from uuid import UUID

from sqlmodel import Session

from ciudadania import buscar_persona_por_ci, notificar
from empresa_digital.registro import notificar_unidad, unidad_por_id
from nucleo.dinero import de_centavos, formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from nucleo.webhooks import encolar
from pagos.cobros import eventos
from pagos.cobros.avisos import AVISO_COBRO, AVISO_ORDEN, AVISO_PAGO
from pagos.cobros.consultas import pago_de_transferencia
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.modelos import Orden, Pago
from pagos.cobros.pagar import anotar_devolucion, anotar_pago_con_tarjeta
from pagos.cobros.para_afuera import para_afuera
from pagos.devoluciones.eventos import PAGO_DEVUELTO
from pagos.tarjetas import (
    DISPUTA_GANADA,
    DISPUTA_PERDIDA,
    PAGO_CONFIRMADO,
    REEMBOLSO_HECHO,
    REEMBOLSO_REVERTIDO,
    intento_por_id,
    reclamos_del_banco,
)


def _avisar_pago(sesion: Session, evento: EventoRecibido) -> None:
    orden = sesion.get_one(Orden, evento.objeto_id)
    pago = sesion.get_one(Pago, UUID(evento.datos["pago_id"]))
    unidad = unidad_por_id(sesion, orden.unidad_id)
    falta = evento.datos["total"] - evento.datos["pagado"]
    textos = {
        "monto": formato_bs(pago.monto),
        "cpt": formato_cpt(orden.cpt),
        "detalle": orden.detalle,
        "unidad": unidad.nombre,
        "falta": formato_bs(falta),
    }
    cierre = _("Falta pagar %(falta)s.") if falta else _("La orden quedó pagada.")
    notificar_unidad(
        sesion,
        orden.unidad_id,
        _("Cobró %(monto)s por %(detalle)s") % textos,
        (_("Orden %(cpt)s.") + " " + cierre) % textos,
        f"/cobros/ordenes/{orden.id}",
        clase=AVISO_COBRO,
    )
    if pago.persona_id is not None:
        notificar(
            sesion,
            persona_id=pago.persona_id,
            asunto=_("Pagó %(monto)s a %(unidad)s") % textos,
            cuerpo=(_("%(detalle)s, orden %(cpt)s.") + " " + cierre) % textos,
            enlace=f"/comprobantes/{pago.transferencia_id}"
            if pago.medio == "billetera"
            else f"/pagar/{formato_cpt(orden.cpt)}",
            clase=AVISO_PAGO,
        )


for _tipo in (eventos.ORDEN_PAGADA, eventos.ORDEN_PAGADA_EN_PARTE):
    al_ocurrir(_tipo, consumidor="pagos.cobros.avisar_pago")(_avisar_pago)


def _encolar_webhook(sesion: Session, evento: EventoRecibido) -> None:
    """The unit's own systems learn of every change of its orders, under the event's name."""
    orden = sesion.get_one(Orden, evento.objeto_id)
    encolar(sesion, orden.unidad_id, evento.tipo, para_afuera(orden, evento))


for _tipo in (
    eventos.ORDEN_PAGADA,
    eventos.ORDEN_PAGADA_EN_PARTE,
    eventos.ORDEN_DEVUELTA,
    eventos.ORDEN_VENCIDA,
    eventos.ORDEN_ANULADA,
):
    al_ocurrir(_tipo, consumidor="pagos.cobros.encolar_webhook")(_encolar_webhook)


@al_ocurrir(PAGO_DEVUELTO, consumidor="pagos.cobros.anotar_devolucion")
def al_devolverse(sesion: Session, evento: EventoRecibido) -> None:
    pago = pago_de_transferencia(sesion, evento.objeto_id)
    if pago is not None:
        anotar_devolucion(sesion, pago)


def _al_devolverse_a_tarjeta(sesion: Session, evento: EventoRecibido) -> None:
    pago = sesion.get(Pago, evento.objeto_id)
    if pago is not None:
        anotar_devolucion(sesion, pago)


for _tipo in (REEMBOLSO_HECHO, REEMBOLSO_REVERTIDO, DISPUTA_PERDIDA):
    al_ocurrir(_tipo, consumidor="pagos.cobros.anotar_devolucion")(_al_devolverse_a_tarjeta)


@al_ocurrir(DISPUTA_GANADA, consumidor="pagos.cobros.anotar_devolucion")
def al_ganarse_una_disputa(sesion: Session, evento: EventoRecibido) -> None:
    """Only what was lost before changes what went back."""
    disputa_id = UUID(evento.datos["disputa_id"])
    if any(r.id == disputa_id and r.cambio for r in reclamos_del_banco(sesion, evento.objeto_id)):
        _al_devolverse_a_tarjeta(sesion, evento)


@al_ocurrir(eventos.ORDEN_EMITIDA, consumidor="pagos.cobros.avisar_a_quien_debe")
def avisar_a_quien_debe(sesion: Session, evento: EventoRecibido) -> None:
    """Tell the citizen whose card number the order carries, if they are on the platform."""
    orden = sesion.get_one(Orden, evento.objeto_id)
    if orden.pagador_tipo != "CI" or orden.pagador_documento is None:
        return
    persona = buscar_persona_por_ci(sesion, orden.pagador_documento)
    if persona is None:
        return
    unidad = unidad_por_id(sesion, orden.unidad_id)
    notificar(
        sesion,
        persona_id=persona.id,
        asunto=_("%(unidad)s emitió una orden de cobro a su nombre") % {"unidad": unidad.nombre},
        cuerpo=_("%(detalle)s: %(monto)s. Si no la reconoce, consulte con quien la emitió antes de pagar.")
        % {"detalle": orden.detalle, "monto": formato_bs(orden.monto)},
        enlace=f"/pagar/{formato_cpt(orden.cpt)}",
        clase=AVISO_ORDEN,
    )


@al_ocurrir(eventos.PAGO_SIN_LUGAR, consumidor="pagos.cobros.avisar_pago_sin_lugar")
def avisar_pago_sin_lugar(sesion: Session, evento: EventoRecibido) -> None:
    orden = sesion.get_one(Orden, evento.objeto_id)
    textos = {"monto": formato_bs(evento.datos["monto"]), "cpt": formato_cpt(orden.cpt)}
    enlace = f"/pagos-con-tarjeta/{evento.datos['intento_id']}"
    notificar_unidad(
        sesion,
        orden.unidad_id,
        _("Devuelva %(monto)s a una tarjeta") % textos,
        _("La orden %(cpt)s ya no podía recibir ese pago cuando el banco lo confirmó.") % textos,
        enlace,
        clase=AVISO_COBRO,
    )
    notificar(
        sesion,
        persona_id=UUID(evento.datos["persona_id"]),
        asunto=_("Su pago con tarjeta de %(monto)s no correspondía") % textos,
        cuerpo=_("La orden %(cpt)s ya no podía recibirlo. Quien cobra debe devolverlo a su tarjeta.")
        % textos,
        enlace=enlace,
        clase=AVISO_PAGO,
    )


@al_ocurrir(PAGO_CONFIRMADO, consumidor="pagos.cobros.anotar_pago_con_tarjeta")
def al_confirmarse_tarjeta(sesion: Session, evento: EventoRecibido) -> None:
    if evento.datos["proposito"] != "orden":
        return
    orden_id = UUID(evento.datos["referencia_id"])
    if sesion.get(Orden, orden_id) is None:
        return  # another room's order
    intento = intento_por_id(sesion, evento.objeto_id)
    anotar_pago_con_tarjeta(
        sesion,
        orden_id=orden_id,
        intento_id=intento.id,
        transferencia_id=UUID(evento.datos["transferencia_id"]),
        monto=de_centavos(evento.datos["monto"]),
        destino=intento.destino,
        persona_id=intento.persona_id,
        iniciado_en=intento.creado_en,
    )
