"""The orders that wait for a supplier or for an entity, in its panel."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from feria_inversa.contratos.consultas import contar_por_aceptar, contar_por_atender, contar_por_firmar
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.ordenes")
def ordenes(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    ofertan = [u.id for u in unidades if Facultad.OFERTAR in u.facultades]
    compran = [
        u.id
        for u in unidades
        if u.tipo == TipoUnidad.ENTIDAD_PUBLICA and u.facultades & {Facultad.COMPRAR, Facultad.PAGAR}
    ]
    acciones: dict[UUID, Sequence[Accion]] = {}
    texto = _("Lo que le entregaron espera su conformidad o su pago.")
    for unidad_id, n in (contar_por_atender(sesion, compran) if compran else {}).items():
        atender = Accion("/ordenes-de-compra", _("Recibir y pagar"), texto, "package-check", n, True)
        acciones[unidad_id] = [atender]
    texto = _("Acéptelas a tiempo: si no, la adjudicación queda sin efecto.")
    for unidad_id, n in (contar_por_aceptar(sesion, ofertan) if ofertan else {}).items():
        responder = Accion("/ordenes-de-compra", _("Responder a sus órdenes"), texto, "file-check", n, True)
        acciones[unidad_id] = [*acciones.get(unidad_id, ()), responder]
    texto = _("Una entidad propone cambiar lo que le ordenó: si no firma a tiempo, nada cambia.")
    for unidad_id, n in (contar_por_firmar(sesion, ofertan) if ofertan else {}).items():
        firmar = Accion("/ordenes-de-compra", _("Firmar modificaciones"), texto, "pen-line", n, True)
        acciones[unidad_id] = [*acciones.get(unidad_id, ()), firmar]
    return acciones
