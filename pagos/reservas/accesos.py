"""Who may see a reserve and end it: who pays, and who is to be paid."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, unidades_de
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import Prohibido
from nucleo.textos import gettext as _
from pagos.libro import (
    Cuenta,
    TipoTitular,
    cuentas_de,
    cuentas_de_unidades,
    exigir_cuenta,
    nombres_de_cuentas,
    obtener_cuenta,
    titulares,
)
from pagos.reservas.errores import ReservaInexistente
from pagos.reservas.estados import Resuelve
from pagos.reservas.modelos import Reserva


def como_paga(sesion: Session, actor: Actor, cuenta: Cuenta) -> Autorizacion | None:
    """By which authority the actor pays from the account; None if by none."""
    try:
        return exigir_cuenta(sesion, actor, cuenta)
    except Prohibido:
        return None


def como_recibe(sesion: Session, actor: Actor, cuenta: Cuenta) -> Autorizacion | None:
    """By which authority the actor charges into the account: its owner, a person with VENDER for the unit, or
    a program of it that moves its money."""
    if cuenta.titular_tipo != TipoTitular.UNIDAD or actor.tipo != "persona":
        return como_paga(sesion, actor, cuenta)
    try:
        return exigir_facultad(sesion, actor, cuenta.titular_id, Facultad.VENDER, estados=CON_LO_SUYO)
    except Prohibido:
        return None


def exigir_ver(sesion: Session, actor: Actor, reserva: Reserva) -> None:
    """To others it does not exist. Raises `ReservaInexistente`."""
    paga, recibe = obtener_cuenta(sesion, reserva.debito), obtener_cuenta(sesion, reserva.credito)
    if como_paga(sesion, actor, paga) is None and como_recibe(sesion, actor, recibe) is None:
        raise ReservaInexistente()


def exigir_resolver(sesion: Session, actor: Actor, reserva: Reserva, *, anula: bool) -> Autorizacion:
    """By which authority the actor confirms the reserve, or voids it. Raises `ReservaInexistente` for who has
    no part in it, `Prohibido` for who has and may not."""
    paga = como_paga(sesion, actor, obtener_cuenta(sesion, reserva.debito))
    recibe = como_recibe(sesion, actor, obtener_cuenta(sesion, reserva.credito))
    de_quien_paga = reserva.resuelve == Resuelve.QUIEN_PAGA
    if paga is None and recibe is None:
        raise ReservaInexistente()
    if paga is not None and de_quien_paga:
        return paga
    if recibe is not None and (anula or not de_quien_paga):
        return recibe
    raise Prohibido(
        _("Esta reserva la confirma quien paga. Usted puede renunciar a ella, anulándola.")
        if de_quien_paga
        else _("Esta reserva la confirma o la anula quien recibe; si no lo hace, vence sola.")
    )


def cuentas_que_pagan(sesion: Session, actor: Actor) -> list[int]:
    """The accounts of whose money the actor may see what is held."""
    return [c.id for c in cuentas_de(sesion, actor)]


def cuentas_que_reciben(sesion: Session, actor: Actor) -> list[int]:
    """Those for which they may see what is held: selling for a unit is enough."""
    ids = set(cuentas_que_pagan(sesion, actor))
    if actor.tipo == "persona":
        venden: list[UUID] = [u.id for u in unidades_de(sesion, actor, Facultad.VENDER, estados=CON_LO_SUYO)]
        ids |= {c.id for c in cuentas_de_unidades(sesion, venden)}
    return sorted(ids)


def nombres_para_quien_paga(sesion: Session, reservas: Sequence[Reserva]) -> dict[int, str]:
    """How to name the accounts of these reserves to who pays: a person, whose account's number anybody may
    guess, only once something was paid to them."""
    nombres = nombres_de_cuentas(sesion, {c for r in reservas for c in (r.debito, r.credito)})
    de_quien = titulares(sesion, {r.credito for r in reservas})
    for reserva in reservas:
        if de_quien.get(reserva.credito) == TipoTitular.PERSONA and not reserva.confirmado:
            nombres[reserva.credito] = _("la cuenta %(n)s") % {"n": reserva.credito}
    return nombres
