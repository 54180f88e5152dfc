"""Charges in the panel: what a person owes, and the counter of who charges."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from nucleo.actor import Actor
from nucleo.dinero import bs, formato_bs
from nucleo.panel import Accion, Representada, de_persona, de_unidades
from nucleo.textos import gettext as _
from pagos.cobros.accesos import RECIBEN, documento_de
from pagos.cobros.consultas import ordenes_a_nombre_de


@de_persona("pagos.cobros.pagar")
def pagar(sesion: Session, actor: Actor) -> list[Accion]:
    ordenes = ordenes_a_nombre_de(sesion, documento_de(sesion, actor.persona_id)) if actor.persona_id else []
    if not ordenes:
        texto = _("Tasas, patentes y cobros, con su código o su QR.")
        return [Accion("/pagar", _("Pagar"), texto, "qr-code")]
    texto = _("Órdenes de cobro a su nombre, por %(monto)s.")
    total = sum((o.saldo for o in ordenes), bs(0))
    texto %= {"monto": formato_bs(total)}
    return [Accion("/pagar", _("Pagar lo que debe"), texto, "receipt-text", len(ordenes))]


@de_unidades("pagos.cobros.cobrar")
def cobrar(_sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    return {u.id: [linea] for u in unidades if (linea := _mostrador(u)) is not None}


def _mostrador(unidad: Representada) -> Accion | None:
    url = f"/cobros?unidad={unidad.numero}"
    if Facultad.VENDER not in unidad.facultades or unidad.habilitaciones.isdisjoint(RECIBEN):
        return None
    if unidad.tipo == TipoUnidad.ENTIDAD_PUBLICA:
        return Accion(url, _("Cobrar a los ciudadanos"), _("Órdenes de cobro con código y QR."), "qr-code")
    return Accion(url, _("Cobrar"), _("Órdenes de cobro con código y el QR de su mostrador."), "qr-code")
