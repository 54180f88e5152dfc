"""What whoever receives an item pays at its door: as its postage was quoted, or for an order."""

from collections.abc import Collection
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from nucleo.dinero import de_centavos

_COBROS = text(
    """
    SELECT envio_id, contra_entrega AS monto FROM envios_porte
    WHERE envio_id = ANY(CAST(:ids AS uuid[])) AND contra_entrega > 0
    UNION ALL SELECT envio_id, monto FROM envios_cobro WHERE envio_id = ANY(CAST(:ids AS uuid[]))
    """
)


def por_cobrar(sesion: Session, envios: Collection[UUID]) -> dict[UUID, Money]:
    """By item, in one query; those of which nothing is collected are left out."""
    filas = sesion.connection().execute(_COBROS, {"ids": list(envios)})
    return {envio_id: de_centavos(monto) for envio_id, monto in filas}
