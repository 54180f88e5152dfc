"""Who has a card that somebody wrote, to be named: few tries, and no name until the person accepts."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from ciudadania import buscar_persona_por_ci
from nucleo.actor import Actor
from nucleo.errores import DatosInvalidos
from nucleo.limites import limitar
from nucleo.textos import gettext as _

POR_HORA = 60


def personas_con(sesion: Session, actor: Actor, cedulas: Sequence[tuple[str, str | None]]) -> list[UUID]:
    """Who has each card (number, complement). Raises `DatosInvalidos` with those that nobody here has,
    `LimiteExcedido`.
    """
    if cedulas:
        limitar("resguardo.cedulas", actor.clave, cupo=POR_HORA, ventana_s=3600, usos=len(cedulas))
    halladas = [buscar_persona_por_ci(sesion, *cedula) for cedula in cedulas]
    faltan = [numero for (numero, _c), persona in zip(cedulas, halladas, strict=True) if persona is None]
    if faltan:
        detalle = _("No conocemos a quien tiene esta cédula, o nunca ingresó aquí: {}.").format(
            ", ".join(faltan)
        )
        raise DatosInvalidos(detalle, campos={"cedulas": detalle})
    return [persona.id for persona in halladas if persona is not None]
