"""What bids lack and may still bring, in the panel of who bid."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.evaluacion.calificaciones import por_subsanar_de
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.subsanar")
def subsanar(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    """A line for each process: what to bring is another thing in each."""
    ofertan = [u.id for u in unidades if Facultad.OFERTAR in u.facultades]
    acciones: dict[UUID, list[Accion]] = defaultdict(list)
    for unidad_id, proceso, hasta, que in por_subsanar_de(sesion, ofertan) if ofertan else ():
        titulo, texto = _("Entregar lo que falta a su oferta"), "; ".join(que)
        acciones[unidad_id].append(
            Accion(f"/feria/{proceso}", titulo, texto, "file-check", len(que), True, hasta)
        )
    return dict(acciones)
