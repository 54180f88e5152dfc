"""The reconciliation in the panel of the authority."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _
from pagos.banco.consultas import cuantos_esperan


@de_unidades("pagos.banco.conciliar")
def conciliar(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    suyas = [u.id for u in unidades if Facultad.REGULAR in u.facultades]
    if not suyas:
        return {}
    texto = _("Archivos del banco y movimientos por resolver: %(n)s.") % {"n": cuantos_esperan(sesion)}
    linea = Accion("/regulador/banco", _("Conciliación con bancos"), texto, "landmark")
    return {id: [linea] for id in suyas}
