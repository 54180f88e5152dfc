"""A unit says whether it wants to be told."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.invitaciones.bloqueos import preferencia_de
from feria_inversa.invitaciones.modelos import SinInvitaciones
from nucleo.actor import Actor
from nucleo.auditoria import auditar

OBJETO = "registro_unidad"


def preferir(sesion: Session, actor: Actor, unidad_id: UUID, *, recibe: bool) -> None:
    """From now on a unit is told of what fits it, or is not. Saying the same again changes nothing."""
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR)
    preferencia_de(sesion, unidad_id)
    fila = sesion.get(SinInvitaciones, unidad_id, populate_existing=True)
    if (fila is None) == recibe:
        return
    if fila is None:
        sesion.add(SinInvitaciones(unidad_id=unidad_id))
    else:
        sesion.delete(fila)
    auditar(sesion, autorizacion, "unidad.invitaciones", OBJETO, unidad_id, {"recibe": recibe})
    sesion.flush()
