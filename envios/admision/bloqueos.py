"""Row locks of collections, after the row of their item."""

from uuid import UUID

from sqlmodel import Session, col, select

from envios.admision.modelos import FilaDeRecojo


def recojo_bloqueado(sesion: Session, envio_id: UUID) -> FilaDeRecojo | None:
    """The collection of an item, locked and freshly read."""
    consulta = select(FilaDeRecojo).where(col(FilaDeRecojo.envio_id) == envio_id)
    return sesion.exec(
        consulta.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).one_or_none()
