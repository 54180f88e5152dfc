"""Recent sign-in, by risk (step-up): what is asked of a person once more, in the use case, whoever calls it.

A stolen cookie, or a telephone left on a table, must not reach what cannot be undone. The use case says which
risk its act has, after it has judged that the actor may do it at all; pages, API and commands ask alike. A
machine client never signs in: it holds scopes instead, and none of them reaches an act of these.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from ciudadania.errores import SesionNoReciente
from nucleo.actor import Actor
from nucleo.reloj import ahora


class Riesgo(StrEnum):
    """Why an act asks for a recent sign-in."""

    PODERES = "poderes"
    """Who acts for a unit: mandates given, accepted, ended; machine clients; where its webhooks go."""
    REGISTRO = "registro"
    """What a unit is: registered, observed, rectified, suspended, restored, closed; its qualities."""
    REGLAS = "reglas"
    """What rules everybody: limits, commissions, speed, the calendar; an account frozen or released."""
    DINERO = "dinero"
    """Money that nobody can call back: to a bank, in a whole batch, or much of a unit's at once."""
    SEGURIDAD = "seguridad"
    """Taking off what protects one's own account."""


MINUTOS: Mapping[Riesgo, int] = {
    Riesgo.PODERES: 30,
    Riesgo.REGISTRO: 30,
    Riesgo.REGLAS: 10,
    Riesgo.DINERO: 15,
    Riesgo.SEGURIDAD: 10,
}
"""How old the sign-in may be, in minutes. Who decides over many units in a row signs in twice an hour."""


def exigir_sesion_reciente(actor: Actor, riesgo: Riesgo) -> None:
    """Raise `SesionNoReciente` unless the person signed in as recently as the risk asks.

    A page then sends them to sign in again and brings them back, with what they typed; the API answers 401
    with ``insufficient_user_authentication`` and ``max_age`` (RFC 9470).
    """
    if actor.tipo != "persona":
        return
    minutos = MINUTOS[riesgo]
    if actor.autenticado_en is None or ahora() - actor.autenticado_en > timedelta(minutes=minutos):
        raise SesionNoReciente(max_age_s=minutos * 60)
