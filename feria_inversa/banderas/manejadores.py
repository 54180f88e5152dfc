"""What the red flags hear: an act in a process of here, told first."""

from sqlmodel import Session

from feria_inversa.banderas.mirar import mirar_proceso
from feria_inversa.datos_abiertos.eventos import ACTO_HECHO
from nucleo.eventos import EventoRecibido, al_ocurrir


@al_ocurrir(ACTO_HECHO, consumidor="feria.mirar_proceso")
def proceso_con_novedad(sesion: Session, evento: EventoRecibido) -> None:
    mirar_proceso(sesion, evento.objeto_id)
