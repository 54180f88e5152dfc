"""Whose money is looked at: an operator that owes goes on paying while it is suspended."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, Unidad
from envios.operadores import operadores_con
from nucleo.actor import Actor
from nucleo.errores import Prohibido
from nucleo.textos import gettext as _


def operador_con(
    sesion: Session, actor: Actor, facultad: Facultad, unidad: UUID | None
) -> tuple[Unidad, list[Unidad]]:
    """The operator asked for (or the first), and all for which the actor holds the faculty, alone or not.

    Raises `Prohibido` without any.
    """
    operadores = operadores_con(sesion, actor, facultad, con_otros=True)
    elegidos = [u for u in operadores if unidad is None or u.id == unidad]
    if not elegidos:
        raise Prohibido(_("Para esto necesita un mandato de un operador postal: de pagos o de despacho."))
    return elegidos[0], operadores
