"""What the market hears: an act in a process, a plan that was published or changed."""

from sqlmodel import Session

from feria_inversa.datos_abiertos.eventos import ACTO_HECHO
from feria_inversa.panorama.planes import llevar_plan
from feria_inversa.panorama.vivos import llevar_proceso
from feria_inversa.plan import eventos as eventos_de_planes
from nucleo.eventos import EventoRecibido, al_ocurrir


@al_ocurrir(ACTO_HECHO, consumidor="feria.llevar_al_mercado")
def proceso_al_mercado(sesion: Session, evento: EventoRecibido) -> None:
    """Whatever was done in it is told first."""
    llevar_proceso(sesion, evento.objeto_id)


@al_ocurrir(eventos_de_planes.PLAN_PUBLICADO, consumidor="feria.plan_al_mercado")
@al_ocurrir(eventos_de_planes.PLAN_MODIFICADO, consumidor="feria.plan_al_mercado")
def plan_al_mercado(sesion: Session, evento: EventoRecibido) -> None:
    llevar_plan(sesion, evento.objeto_id)
