"""The release of an act, when it is heard of."""

from sqlmodel import Session

from feria_inversa.datos_abiertos.eventos import ACTO_HECHO
from feria_inversa.datos_abiertos.publicar import poner_al_dia
from feria_inversa.procesos import compartir
from nucleo.eventos import EventoRecibido, al_ocurrir


@al_ocurrir(ACTO_HECHO, consumidor="feria.publicar_release")
def publicar_release(sesion: Session, evento: EventoRecibido) -> None:
    """Bids may come in meanwhile; another act waits."""
    compartir(sesion, evento.objeto_id)
    poner_al_dia(sesion, evento.objeto_id)
