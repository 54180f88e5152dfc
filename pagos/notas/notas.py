"""Notes of payments: written with the payment or never, read by its two parties alone.

The ledger's row says how much, whose and why by code; what people write stays out of it, so that the row
keeps its size and no proof of the ledger ever carries somebody's words.
"""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from sqlmodel import Session, col, select

from nucleo.lectores import escrito
from pagos.libro import Resultado, error_de
from pagos.notas.modelos import NotaDePago

LARGO = 140
Nota = Annotated[str, escrito(LARGO)]
"""A note as the API takes it; the empty one is none."""


def anotar(sesion: Session, hecha: Resultado, nota: str | None) -> None:
    """Write what the payment just made is for. One that was made before keeps its note, and must be repeated
    with the same: raises `TransferenciaDistinta` (`existe_con_otra_nota`).
    """
    assert hecha.hecha
    limpia = " ".join((nota or "").split()) or None
    if hecha.codigo == "existe":
        if nota_de(sesion, hecha.id) != limpia:
            raise error_de("existe_con_otra_nota")
    elif limpia is not None:
        sesion.add(NotaDePago(transferencia_id=hecha.id, nota=limpia))
        sesion.flush()


def nota_de(sesion: Session, transferencia_id: UUID) -> str | None:
    return notas_de(sesion, [transferencia_id]).get(transferencia_id)


def notas_de(sesion: Session, transferencias: Iterable[UUID]) -> dict[UUID, str]:
    """The notes of those that have one; for whoever was asked already whether they may see the payments."""
    ids = list(transferencias)
    if not ids:
        return {}
    consulta = select(NotaDePago.transferencia_id, NotaDePago.nota)
    return dict(sesion.exec(consulta.where(col(NotaDePago.transferencia_id).in_(ids))).all())
