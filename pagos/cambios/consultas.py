"""The entries that touch an account, in the order of their numbers, none of which appears behind a reader.

The ledger takes a number for an entry after it has locked both accounts, and holds the locks until it
commits (`pagos_transferir`, `pagos_vencer`). So of two entries that touch one account the second gets its
number after the first has committed, or is undone: whoever sees a number of an account sees all the
smaller ones that will ever be. Between accounts that share nothing numbers do commit in any order, which
is why there is a feed for each account and none of them all.
"""

from collections.abc import Sequence

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from pagos.libro.modelos import Transferencia

# Two range scans of (debito, numero) and (credito, numero), each stopping after one page: the cost does not
# depend on how many entries the account has.
_CAMBIOS = text(
    """
    SELECT * FROM (
        (SELECT * FROM pagos_transferencia WHERE debito = :cuenta AND numero > :desde
         ORDER BY numero LIMIT :limite)
        UNION ALL
        (SELECT * FROM pagos_transferencia WHERE credito = :cuenta AND numero > :desde
         ORDER BY numero LIMIT :limite)
    ) t ORDER BY numero LIMIT :limite
    """
)


def cambios(sesion: Session, cuenta_id: int, desde: int = 0, limite: int = 100) -> Sequence[Transferencia]:
    """The entries of the account after number `desde`, oldest first: payments, and also what is held,
    confirmed, voided and expired."""
    assert 0 < limite <= 100
    consulta = select(Transferencia).from_statement(_CAMBIOS)
    return sesion.execute(consulta, {"cuenta": cuenta_id, "desde": desde, "limite": limite}).scalars().all()


def ultimo_cambio(sesion: Session, cuenta_id: int) -> int:
    """The number of the account's last entry; 0 when it has none."""
    lados = [
        select(func.max(col(Transferencia.numero))).where(lado == cuenta_id)
        for lado in (col(Transferencia.debito), col(Transferencia.credito))
    ]
    return max(sesion.exec(lado).one() or 0 for lado in lados)
