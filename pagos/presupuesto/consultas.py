"""What a certificate has left, and what a matter has committed: as the ledger says it, in bolivianos of budget."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Certificado:
    """Of one certificate: certified less what was reverted, committed now, executed, and what is left to commit.

    `certificado` is always the sum of the other three.
    """

    id: UUID
    unidad_id: UUID
    certificado: Money
    comprometido: Money
    ejecutado: Money
    disponible: Money


@dataclass(frozen=True, slots=True)
class Comprometido:
    """Of one matter: of which certificate, committed now, executed and given back."""

    asunto_id: UUID
    certificado_id: UUID
    comprometido: Money
    ejecutado: Money
    liberado: Money


def certificados(sesion: Session, ids: Collection[UUID]) -> dict[UUID, Certificado]:
    """Each of these certificates; one that nobody certified is not among them."""
    raise NotImplementedError


def comprometidos(sesion: Session, asuntos: Collection[UUID]) -> dict[UUID, Comprometido]:
    """Each of these matters; one that committed nothing is not among them."""
    raise NotImplementedError
