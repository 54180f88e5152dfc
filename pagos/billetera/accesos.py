"""Whose accounts a person may look at and freeze: theirs, and those of units they pay for or administer."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import Prohibido
from nucleo.textos import gettext as _
from pagos.libro import Cuenta, TipoTitular, billetera_de, exigir_cuenta, obtener_cuenta


def exigir_ver(sesion: Session, actor: Actor, cuenta: Cuenta) -> Autorizacion:
    """Like `exigir_cuenta`, and whoever administers the unit passes too. Raises `Prohibido`."""
    try:
        return exigir_cuenta(sesion, actor, cuenta)
    except Prohibido:
        if cuenta.titular_tipo != TipoTitular.UNIDAD:
            raise
        return exigir_facultad(sesion, actor, cuenta.titular_id, Facultad.ADMINISTRAR)


def cuenta_propia(sesion: Session, actor: Actor, cuenta_id: int | None) -> tuple[Cuenta, Autorizacion]:
    """The account asked for, their own wallet if none is, with the authority to see it.

    Raises `Prohibido`, `CuentaInexistente`.
    """
    if cuenta_id is None:
        if actor.persona_id is None:
            raise Prohibido(_("Indique la cuenta de la unidad."))
        cuenta_id = billetera_de(sesion, actor.persona_id).id
    cuenta = obtener_cuenta(sesion, cuenta_id)
    return cuenta, exigir_ver(sesion, actor, cuenta)


def persona_de(actor: Actor) -> UUID:
    """The person who acts. Raises `Prohibido` for machines."""
    if actor.persona_id is None:
        raise Prohibido(_("Solo una persona puede hacer esto."))
    return actor.persona_id
