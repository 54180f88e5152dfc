"""Supervision in the panel of the authority."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("pagos.supervision.supervisar")
def supervisar(
    _sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    linea = Accion(
        "/regulador/pagos",
        _("Supervisar los pagos"),
        _("Volumen, límites, cuentas congeladas y cierres."),
        "shield-check",
    )
    return {u.id: [linea] for u in unidades if Facultad.REGULAR in u.facultades}
