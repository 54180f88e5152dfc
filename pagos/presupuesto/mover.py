"""Every movement of budget: techo → presupuesto → compromiso → ejecutado, and back.

Amounts are `Money` of bolivianos, as those of custody are: so many bolivianos of budget. What tells them from money
is the account: these functions name no account of money, and the ledger refuses a transfer between the two
currencies. Each movement has its id, the ledger's idempotency key for ever: repeated equal, nothing moves again.
What the ledger refuses raises its domain error and undoes the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from nucleo.actor import Autorizacion
from pagos.libro import SolicitudTransferencia

CLASE_CERTIFICADO = "certificacion"
CLASE_COMPROMISO = "pedido_comprometido"
"""Class of the matters that hold a commitment: the room of orders declares it with `clase_de_asunto`."""


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

    The entity is that of `autorizacion`, which acts by a mandate; a certificate is of one entity for ever.
    """
    raise NotImplementedError


def revertir(
    sesion: Session, autorizacion: Autorizacion, certificado_id: UUID, monto: Money, *, id: UUID
) -> None:
    """The entity certifies so much less. Raises `FondosInsuficientes` for more than what is not committed."""
    raise NotImplementedError


def comprometer(sesion: Session, autorizacion: Autorizacion, compromisos: Sequence[NuevoCompromiso]) -> None:
    """Commit to each matter so much of its certificate, linked: all of it or nothing.

    By a mandate of the entity whose certificates they are. A matter commits of one certificate; again, it adds.
    Raises `FondosInsuficientes` when a certificate has not that much left.
    """
    raise NotImplementedError


def ejecucion(sesion: Session, asunto_id: UUID, monto: Money, *, id: UUID) -> SolicitudTransferencia:
    """The transfer that spends what a matter has committed, to be linked by the caller with the money that
    pays it (`exigir_transferencia` takes the list as one chain)."""
    raise NotImplementedError


def ejecutar(sesion: Session, autorizacion: Autorizacion, asunto_id: UUID, monto: Money, *, id: UUID) -> None:
    """`ejecucion` alone: what is paid outside. Raises `FondosInsuficientes` for more than is committed."""
    raise NotImplementedError


def liberar(sesion: Session, autorizacion: Autorizacion, asunto_id: UUID, monto: Money, *, id: UUID) -> None:
    """Give back to the certificate it came from what will not be spent. The platform may do it by itself."""
    raise NotImplementedError


def cerrar_compromiso(sesion: Session, asunto_id: UUID) -> None:
    """Close the account of a matter that is over, for ever; the last its transaction does with budget.

    Nothing to do when it is closed or was never opened. Raises `CuentaNoOpera` while something is committed.
    """
    raise NotImplementedError
