"""The operator's money in the panel of who pays for it."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from envios.deudas import operadores_en_mora
from nucleo.actor import Actor
from nucleo.dinero import formato_bs
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("envios.cuentas")
def cuentas(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    suyas = [
        u.id for u in unidades if u.tipo == TipoUnidad.OPERADOR_POSTAL and Facultad.PAGAR in u.facultades
    ]
    mora = {m.operador_unidad_id: m for m in operadores_en_mora(sesion)} if suyas else {}
    acciones: dict[UUID, Sequence[Accion]] = {}
    for id in suyas:
        texto = _("Franqueo de cada día, cobros contra entrega y qué vence cuándo.")
        if id in mora:
            texto = _("Debe %(monto)s vencidos: ciérrelos en su ronda.") % {
                "monto": formato_bs(mora[id].monto)
            }
        acciones[id] = [
            Accion(f"/envios/operador/cuentas?unidad={id}", _("Cuentas del operador"), texto, "wallet")
        ]
    return acciones
