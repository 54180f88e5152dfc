"""The history in the panel of the authority that brings it."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.historia")
def historia(
    _sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    linea = Accion(
        "/regulador/historia",
        _("Historia de compras del Estado"),
        _("Lo que se compró antes, de archivos de SICOES."),
        "database",
    )
    return {u.id: [linea] for u in unidades if Facultad.REGULAR in u.facultades}
