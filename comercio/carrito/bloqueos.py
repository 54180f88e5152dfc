"""Row locks of carts: the first of this room to be taken."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from comercio.carrito.modelos import Carrito


def carrito_de(sesion: Session, condicion: Any) -> Carrito | None:
    """The cart of a holder, if there is one. The cookie's before the person's, when both are."""
    consulta = select(Carrito).where(condicion).with_for_update()
    carrito: Carrito | None = sesion.execute(
        consulta.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    return carrito
