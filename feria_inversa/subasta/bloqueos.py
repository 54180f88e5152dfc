"""Locks of an auction, all of them inside functions of the database. Order: the call, then what is auctioned
by its number, then who takes part.

Who bids in time shares the lock of what they bid for; who ends it, or comes late, takes it alone.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

_ACABA = text("SELECT feria_subasta_acaba(:id)")


def detener(sesion: Session, convocatoria_id: UUID) -> datetime:
    """Hold all that a locked call auctions: no bid is under way. When the last of it ends."""
    acaba: datetime = sesion.connection().execute(_ACABA, {"id": convocatoria_id}).scalar_one()
    return acaba
