"""Withdrawals in the panel of the authority."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("pagos.retiros.conciliar")
def conciliar(
    _sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    linea = Accion(
        "/regulador/retiros", _("Retiros a bancos"), _("Lotes para el banco y su conciliación."), "landmark"
    )
    return {u.id: [linea] for u in unidades if Facultad.REGULAR in u.facultades}
