"""The ledger in the panel: the money of each unit that the person may pay for."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from nucleo.actor import Actor
from nucleo.dinero import formato_bs
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _
from pagos.libro.accesos import CuentaPropia, cuentas_de
from pagos.libro.tipos import TipoCuenta


@de_unidades("pagos.libro.cuentas")
def dinero(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    lineas: dict[UUID, Sequence[Accion]] = {}
    for cuenta in cuentas_de(sesion, actor) if actor.persona_id is not None else ():
        if cuenta.unidad_id is not None and any(u.id == cuenta.unidad_id for u in unidades):
            lineas[cuenta.unidad_id] = [*lineas.get(cuenta.unidad_id, ()), _linea(cuenta)]
    return lineas


def _linea(propia: CuentaPropia) -> Accion:
    texto = _("Disponible: %(monto)s. Pagos, cobros del día, planillas y retiros.")
    return Accion(
        f"/billetera?cuenta={propia.id}",
        _("Lo recaudado") if propia.cuenta.tipo == TipoCuenta.RECAUDACION else _("Dinero de la unidad"),
        texto % {"monto": formato_bs(propia.cuenta.disponible)},
        "wallet",
    )
