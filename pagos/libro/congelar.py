"""Freezing: the one way to stop an account from paying, with who, why, and since when.

Each cause is its own row (`titular`, `autoridad`, `plataforma`), and the account is frozen while any is open:
the owner cannot lift what the authority put. The flag the ledger reads follows by trigger, in the same
transaction, so the next transfer is already refused.
"""

from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente, notificar
from empresa_digital.registro import notificar_unidad
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _
from pagos.libro.avisos import AVISO_CUENTA
from pagos.libro.errores import CuentaNoOpera, NoEstaCongelada
from pagos.libro.modelos import Congelamiento
from pagos.libro.tipos import TipoTitular
from pagos.libro.valores import Cuenta

MOTIVO_MAXIMO = 300


class Origen(StrEnum):
    """Who froze the account."""

    TITULAR = "titular"
    AUTORIDAD = "autoridad"
    PLATAFORMA = "plataforma"


def congelar_cuenta(
    sesion: Session, autorizacion: Autorizacion, cuenta: Cuenta, *, origen: Origen, motivo: str
) -> bool:
    """Stop new payments from the account; it can still receive. Whether it was not already so by this cause.

    Raises `DatosInvalidos` without a reason, `CuentaNoOpera` for a closed account, `SesionNoReciente` when it
    is the authority; the owner, who may be in a hurry, signs in again only to lift it.
    """
    if origen == Origen.AUTORIDAD:
        exigir_sesion_reciente(autorizacion.actor, Riesgo.REGLAS)
    motivo = _motivo(motivo)
    if cuenta.cerrada:
        raise CuentaNoOpera(_("La cuenta está cerrada: ya no hace pagos."))
    consulta = text(
        "SELECT pagos_congelar(CAST(:id AS uuid), :cuenta, :origen, :motivo, CAST(:quien AS uuid))"
    )
    datos = {
        "id": nuevo_id(),
        "cuenta": cuenta.id,
        "origen": origen.value,
        "motivo": motivo,
        "quien": autorizacion.actor.id,
    }
    nueva = bool(sesion.connection().execute(consulta, datos).scalar_one())
    if nueva:
        _anotar(sesion, autorizacion, cuenta, "congelar", origen, motivo)
        avisar_al_titular(
            sesion,
            cuenta,
            _("Su cuenta está congelada"),
            _("Puede recibir dinero, pero no enviarlo. Motivo: %(motivo)s") % {"motivo": motivo},
        )
    return nueva


def descongelar_cuenta(
    sesion: Session, autorizacion: Autorizacion, cuenta: Cuenta, *, origen: Origen, motivo: str
) -> None:
    """Lift this cause. The account pays again only if no other holds.

    Raises `NoEstaCongelada` when this cause is not open, `DatosInvalidos` without a reason,
    `SesionNoReciente`.
    """
    riesgo = Riesgo.SEGURIDAD if origen == Origen.TITULAR else Riesgo.REGLAS
    exigir_sesion_reciente(autorizacion.actor, riesgo)
    motivo = _motivo(motivo)
    consulta = text("SELECT pagos_descongelar(:cuenta, :origen, :motivo, CAST(:quien AS uuid))")
    datos = {
        "cuenta": cuenta.id,
        "origen": origen.value,
        "motivo": motivo,
        "quien": autorizacion.actor.id,
    }
    if not sesion.connection().execute(consulta, datos).scalar_one():
        raise NoEstaCongelada(
            _("La congeló la autoridad o la plataforma, o ya no está congelada. Vea el motivo en Seguridad.")
            if origen == Origen.TITULAR
            else _("Esta cuenta no tiene un congelamiento de la autoridad que levantar.")
        )
    _anotar(sesion, autorizacion, cuenta, "descongelar", origen, motivo)
    if origen != Origen.TITULAR:
        avisar_al_titular(
            sesion,
            cuenta,
            _("Se levantó el congelamiento de su cuenta"),
            _("La autoridad lo levantó. Motivo: %(motivo)s") % {"motivo": motivo},
        )


def congelamientos_de(sesion: Session, cuenta_id: int, limite: int = 20) -> list[Congelamiento]:
    """The account's freezes, newest first."""
    consulta = (
        select(Congelamiento)
        .where(col(Congelamiento.cuenta_id) == cuenta_id)
        .order_by(col(Congelamiento.congelado_en).desc(), col(Congelamiento.id).desc())
        .limit(limite)
        .execution_options(populate_existing=True)
    )
    return list(sesion.exec(consulta).all())


def _motivo(texto: str) -> str:
    limpio = " ".join(texto.split())
    if not limpio or len(limpio) > MOTIVO_MAXIMO:
        falta = _("Escriba el motivo, en hasta %(n)s letras.") % {"n": MOTIVO_MAXIMO}
        raise DatosInvalidos(falta, campos={"motivo": falta})
    return limpio


def _anotar(
    sesion: Session, autorizacion: Autorizacion, cuenta: Cuenta, accion: str, origen: Origen, motivo: str
) -> None:
    datos = {"origen": origen.value, "motivo": motivo}
    auditar(sesion, autorizacion, f"cuenta.{accion}", "pagos_cuenta", cuenta.id, datos)


def avisar_al_titular(sesion: Session, cuenta: Cuenta, asunto: str, cuerpo: str) -> None:
    """A message in the mailbox of the person, or of the unit's representatives."""
    enlace = f"/billetera/seguridad?cuenta={cuenta.id}"
    if cuenta.titular_tipo == TipoTitular.PERSONA:
        notificar(
            sesion,
            persona_id=cuenta.titular_id,
            asunto=asunto,
            cuerpo=cuerpo,
            enlace=enlace,
            clase=AVISO_CUENTA,
        )
    elif cuenta.titular_tipo == TipoTitular.UNIDAD:
        notificar_unidad(sesion, cuenta.titular_id, asunto, cuerpo, enlace, clase=AVISO_CUENTA)
