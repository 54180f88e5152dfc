"""Reads of commitments, for rooms that have judged who asks."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session

from comercio.comprometidos.valores import CompromisoLeido


def compromiso_de(sesion: Session, pedido_id: UUID) -> CompromisoLeido | None:
    """The commitment that an order holds; None of one that holds money."""
    raise NotImplementedError


def compromisos_de_compra(sesion: Session, compra_id: UUID) -> Sequence[CompromisoLeido]:
    """Those of the orders of a purchase."""
    raise NotImplementedError


def compromisos_de(
    sesion: Session, entidad_id: UUID, *, por_pagar: bool = False
) -> Sequence[CompromisoLeido]:
    """Of an entity, the newest first, a hundred at most; only what is due or owed with `por_pagar`, the
    oldest first."""
    raise NotImplementedError


def con_compromisos(sesion: Session, certificaciones: Collection[UUID]) -> Collection[UUID]:
    """Which of these certificates an order still has something committed of: none of them may be closed."""
    raise NotImplementedError
