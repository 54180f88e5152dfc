"""Row locks of files of products: before the products that they change."""

from uuid import UUID

from sqlmodel import Session

from comercio.cargas.errores import CargaInexistente
from comercio.cargas.modelos import Carga


def bloquear_carga(sesion: Session, carga_id: UUID) -> Carga:
    """The file, locked and fresh. Raises `CargaInexistente`."""
    carga = sesion.get(Carga, carga_id, with_for_update={"key_share": True}, populate_existing=True)
    if carga is None:
        raise CargaInexistente()
    return carga
