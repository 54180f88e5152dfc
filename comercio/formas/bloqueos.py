"""Row lock of a place of dispatch: whoever declares what it offers, one after the other."""

from uuid import UUID

from sqlmodel import Session

from comercio.catalogo.modelos import LugarDeDespacho


def bloquear_lugar(sesion: Session, lugar_id: UUID) -> None:
    sesion.get_one(LugarDeDespacho, lugar_id, with_for_update={"key_share": True}, populate_existing=True)
