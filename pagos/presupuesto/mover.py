"""Every movement of budget: techo → presupuesto → compromiso → ejecutado, and back.

Amounts are `Money` of bolivianos, as those of custody are: so many bolivianos of budget. What tells them from
money is the account: these functions name none of money, and the ledger refuses a transfer between the two
currencies. Each movement has its `id`, the ledger's idempotency key for ever: repeated equal, nothing moves
again. What the ledger refuses raises its domain error and undoes the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from nucleo.actor import Autorizacion
from nucleo.errores import Prohibido
from nucleo.textos import gettext as _
from pagos.libro import Codigo, SolicitudTransferencia, TipoCuenta, exigir_transferencia
from pagos.presupuesto.cuentas import (
    cuenta_de_certificado,
    cuenta_de_la_plataforma,
    cuentas_de_compromiso,
    cuentas_para_comprometer,
)


@dataclass(frozen=True, slots=True)
class NuevoCompromiso:
    """How much of which certificate is committed to a matter. `id`: the ledger's, of this movement."""

    id: UUID
    asunto_id: UUID
    certificado_id: UUID
    monto: Money


def certificar(
    sesion: Session, autorizacion: Autorizacion, certificado_id: UUID, monto: Money, *, id: UUID
) -> None:
    """An entity certifies budget: into the account of that certificate, opened with the first of it.

    The entity is that of `autorizacion`, by a mandate; a certificate is of one entity for ever. Raises
    `CuentaInexistente` for another's, `Prohibido` without a mandate.
    """
    solicitud = SolicitudTransferencia(
        id=id,
        codigo=Codigo.CERTIFICACION,
        debito=cuenta_de_la_plataforma(sesion, TipoCuenta.TECHO),
        credito=cuenta_de_certificado(sesion, certificado_id, _entidad(autorizacion)),
        monto=monto,
        referencia=certificado_id,
    )
    exigir_transferencia(sesion, solicitud, autorizacion)


def revertir(
    sesion: Session, autorizacion: Autorizacion, certificado_id: UUID, monto: Money, *, id: UUID
) -> None:
    """The entity certifies so much less, or the platform by itself when the year of that certificate ended.
    Raises `FondosInsuficientes` for more than what is not committed."""
    if autorizacion.actor.tipo != "sistema":
        _entidad(autorizacion)
    assert autorizacion.unidad_id is not None
    solicitud = SolicitudTransferencia(
        id=id,
        codigo=Codigo.REVERSION_DE_CERTIFICACION,
        debito=cuenta_de_certificado(sesion, certificado_id, autorizacion.unidad_id),
        credito=cuenta_de_la_plataforma(sesion, TipoCuenta.TECHO),
        monto=monto,
        referencia=certificado_id,
    )
    exigir_transferencia(sesion, solicitud, autorizacion)


def comprometer(sesion: Session, autorizacion: Autorizacion, compromisos: Sequence[NuevoCompromiso]) -> None:
    """Commit to each matter so much of its certificate, linked: all of it or nothing.

    By a mandate of the entity whose certificates they are. A matter commits of one certificate; again, it
    adds. Raises `CuentaInexistente` for another's certificate, `FondosInsuficientes` when one has not that
    much left, `CuentaNoOpera` for a matter that is over.
    """
    de_cual = {c.asunto_id: c.certificado_id for c in compromisos}
    assert all(de_cual[c.asunto_id] == c.certificado_id for c in compromisos)
    cuentas = cuentas_para_comprometer(sesion, _entidad(autorizacion), de_cual)
    solicitudes = [
        SolicitudTransferencia(
            id=c.id,
            codigo=Codigo.COMPROMISO,
            debito=cuentas[c.asunto_id][0],
            credito=cuentas[c.asunto_id][1],
            monto=c.monto,
            referencia=c.asunto_id,
        )
        for c in compromisos
    ]
    exigir_transferencia(sesion, solicitudes, autorizacion)


def ejecucion(sesion: Session, asunto_id: UUID, monto: Money, *, id: UUID) -> SolicitudTransferencia:
    """The transfer that spends what a matter has committed, to be linked by the caller with the money that
    pays it (`exigir_transferencia` takes the list as one chain)."""
    return SolicitudTransferencia(
        id=id,
        codigo=Codigo.EJECUCION,
        debito=cuentas_de_compromiso(sesion, asunto_id)[1],
        credito=cuenta_de_la_plataforma(sesion, TipoCuenta.EJECUTADO),
        monto=monto,
        referencia=asunto_id,
    )


def ejecutar(sesion: Session, autorizacion: Autorizacion, asunto_id: UUID, monto: Money, *, id: UUID) -> None:
    """`ejecucion` alone: what is paid outside. Raises `FondosInsuficientes` for more than is committed."""
    exigir_transferencia(sesion, ejecucion(sesion, asunto_id, monto, id=id), autorizacion)


def liberar(sesion: Session, autorizacion: Autorizacion, asunto_id: UUID, monto: Money, *, id: UUID) -> None:
    """Give back to the certificate it came from what will not be spent. The platform may do it by itself.
    Raises `FondosInsuficientes` for more than is committed."""
    presupuesto, cuenta = cuentas_de_compromiso(sesion, asunto_id)
    solicitud = SolicitudTransferencia(
        id=id,
        codigo=Codigo.LIBERACION_DE_COMPROMISO,
        debito=cuenta,
        credito=presupuesto,
        monto=monto,
        referencia=asunto_id,
    )
    exigir_transferencia(sesion, solicitud, autorizacion)


def _entidad(autorizacion: Autorizacion) -> UUID:
    """For whom budget is certified or committed: always a unit, by a mandate."""
    if autorizacion.unidad_id is None or autorizacion.mandato_id is None:
        raise Prohibido(_("El presupuesto de una entidad se certifica y se compromete por mandato suyo."))
    return autorizacion.unidad_id
