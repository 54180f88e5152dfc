"""Row locks of joint acts. Order: the unit (`unidades.bloqueos`), the act, the mandates of its signatures
by id; then whatever the use case that executes it takes.

A revocation holds the unit's lock and then its mandate's: it comes before a signature, which then does not
count, or after the act is done.
"""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro.actos.modelos import ActoPendiente

_MANDATOS = text(
    """
    SELECT 1 FROM registro_mandato WHERE id IN (
        SELECT unnest(ARRAY[mandato_id, mandato_propio_id]) FROM registro_acto_firma WHERE acto_id = :acto)
    ORDER BY id FOR SHARE
    """
)


def acto_bloqueado(sesion: Session, acto_id: UUID) -> ActoPendiente | None:
    """The act as it is now, locked until the transaction ends."""
    return sesion.get(ActoPendiente, acto_id, with_for_update=True, populate_existing=True)


def fijar_mandatos(sesion: Session, acto_id: UUID) -> None:
    """Have whoever would revoke a mandate of these signatures wait until the transaction ends."""
    sesion.connection().execute(_MANDATOS, {"acto": acto_id})
