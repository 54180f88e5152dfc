"""Payrolls in the panel: those that wait for this person's decision."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _
from pagos.planillas.consultas import planillas_por_aprobar


@de_unidades("pagos.planillas.aprobar")
def aprobar(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    pagan = [u.id for u in unidades if Facultad.PAGAR in u.facultades]
    if actor.persona_id is None or not pagan:
        return {}
    titulo, texto = _("Aprobar planillas de pago"), _("Las preparó otra persona: usted decide si se pagan.")
    return {
        unidad_id: [Accion("/billetera/planillas", titulo, texto, "list-checks", cuantas, True)]
        for unidad_id, cuantas in planillas_por_aprobar(sesion, pagan, actor.persona_id).items()
    }
