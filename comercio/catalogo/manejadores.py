"""What the catalogue does when something happens in the registry."""

from sqlmodel import Session

from comercio.catalogo import publicar as catalogo
from nucleo.eventos import EventoRecibido, al_ocurrir

EVENTOS_DE_UNIDAD = (
    "UnidadEditada",
    "UnidadInscrita",
    "UnidadSuspendida",
    "UnidadRehabilitada",
    "UnidadCancelada",
    "HabilitacionOtorgada",
    "HabilitacionSuspendida",
)


def _refrescar_vendedor(sesion: Session, evento: EventoRecibido) -> None:
    catalogo.refrescar_vendedor(sesion, evento.objeto_id)


for _tipo in EVENTOS_DE_UNIDAD:
    al_ocurrir(_tipo, consumidor="comercio.refrescar_vendedor")(_refrescar_vendedor)
