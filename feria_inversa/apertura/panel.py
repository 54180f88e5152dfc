"""Who holds keys, in the panel: what waits for them."""

from collections.abc import Sequence

from sqlmodel import Session

from feria_inversa.apertura.mesa import mesa_de
from nucleo.actor import Actor
from nucleo.panel import Accion, de_persona
from nucleo.textos import gettext as _


@de_persona("feria_inversa.llaves")
def guardar(sesion: Session, actor: Actor) -> Sequence[Accion]:
    mesa = mesa_de(sesion, actor)
    if not mesa.grupos:
        return []
    texto = _("Las partes que abren los sobres de las entidades que confiaron en usted.")
    return [
        Accion(
            "/llaves-que-guardo",
            _("Llaves que guardo"),
            texto,
            "key-round",
            mesa.pendientes or None,
            mesa.pendientes > 0,
        )
    ]
