"""That somebody published a process: the role that an act gives without a naming."""

from datetime import datetime

from sqlmodel import Session

from feria_inversa.papeles.exigir import Proceso
from feria_inversa.papeles.modelos import Designacion
from feria_inversa.papeles.tipos import Papel
from nucleo.actor import Autorizacion
from nucleo.ids import nuevo_id


def anotar_responsable(
    sesion: Session, autorizacion: Autorizacion, proceso: Proceso, instante: datetime
) -> None:
    """Who published a process, by which mandate; a program publishes for nobody in particular."""
    actor = autorizacion.actor
    if actor.tipo != "persona" or actor.persona_id is None:
        return
    sesion.add(
        Designacion(
            id=nuevo_id(),
            unidad_id=proceso.unidad_id,
            convocatoria_id=proceso.id,
            papel=Papel.RESPONSABLE,
            persona_id=actor.persona_id,
            desde=instante,
            autor=actor.nombre,
            mandato_id=autorizacion.mandato_id,
        )
    )
    sesion.flush()
