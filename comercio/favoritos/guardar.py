"""Keep a product, take it out, and look at what is kept as it is today."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import bindparam, delete, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from comercio.catalogo import Rebajada, detalle_de_producto, rebajada_de
from comercio.catalogo.modelos import Producto
from comercio.favoritos.errores import FavoritosLlenos
from comercio.favoritos.modelos import FAVORITOS_MAXIMOS, Favorito
from comercio.promociones import rebajadas
from comercio.vendedores import vuelve_de
from nucleo.actor import Actor
from nucleo.bloqueos import cerrojo
from nucleo.errores import Prohibido
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class FavoritoVisto:
    """A product that was kept, as it stands now; `antes` is what it cost then, `rebajada` what it costs by a
    promotion."""

    producto: Producto
    antes: Money
    hasta: date | None
    rebajada: Rebajada | None

    @property
    def cuesta(self) -> Money:
        return (self.rebajada or self.producto).precio

    @property
    def vuelve(self) -> date | None:
        """From when on it can be bought again, while its seller is on holidays."""
        return self.hasta + timedelta(days=1) if self.hasta else None

    @property
    def se_compra(self) -> bool:
        return self.producto.a_la_venta and self.hasta is None and self.producto.disponible > 0


def guardar(sesion: Session, actor: Actor, producto_id: UUID) -> None:
    """A person keeps a product that they may see; once is as good as twice.

    Raises `Prohibido` to programs, `ProductoNoEncontrado`, `FavoritosLlenos`.
    """
    persona_id = _persona(actor)
    detalle = detalle_de_producto(sesion, producto_id, actor)
    cuesta = (rebajada_de(detalle.opciones) or detalle.producto).precio
    cerrojo(sesion, f"favoritos {persona_id}")
    if _guarda(sesion, persona_id, producto_id):
        return
    cuantos = select(func.count()).where(col(Favorito.persona_id) == persona_id)
    if sesion.exec(cuantos).one() >= FAVORITOS_MAXIMOS:
        raise FavoritosLlenos(_("Tiene %(n)d favoritos: quite uno antes.") % {"n": FAVORITOS_MAXIMOS})
    sesion.add(Favorito(persona_id=persona_id, producto_id=producto_id, precio=cuesta))
    sesion.flush()


def quitar(sesion: Session, actor: Actor, producto_id: UUID) -> None:
    """What is not kept is not kept afterwards either."""
    suyo = (col(Favorito.persona_id) == _persona(actor), col(Favorito.producto_id) == producto_id)
    sesion.connection().execute(delete(Favorito).where(*suyo))


GUARDADO = (
    select(Favorito.producto_id)
    .where(
        col(Favorito.persona_id) == bindparam("persona_id"),
        col(Favorito.producto_id) == bindparam("producto_id"),
    )
    .exists()
)
"""Whether :persona_id keeps :producto_id, to be asked beside other things; nobody keeps anything."""


def _guarda(sesion: Session, persona_id: UUID, producto_id: UUID) -> bool:
    de_quien = {"persona_id": persona_id, "producto_id": producto_id}
    return bool(sesion.execute(sql_select(GUARDADO), de_quien).scalar_one())


def favoritos_de(
    sesion: Session, actor: Actor, pagina: CursorPedido
) -> tuple[list[FavoritoVisto], str | None]:
    """What the person keeps, the last one first, with today's price and stock: one query, another one of
    what is in a promotion."""
    consulta: Any = (
        select(  # type: ignore[call-overload]
            Producto,
            col(Favorito.precio),
            vuelve_de(col(Producto.vendedor_id)),
            col(Favorito.guardado_en),
            col(Favorito.producto_id),
        )
        .join(Favorito, col(Favorito.producto_id) == col(Producto.id))
        .where(col(Favorito.persona_id) == _persona(actor))
        .execution_options(populate_existing=True)
    )
    columnas = (col(Favorito.guardado_en), col(Favorito.producto_id))
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, escalares=False)
    menos = rebajadas(sesion, [f[0] for f in filas if f[0].a_la_venta])
    return [FavoritoVisto(f[0], f[1], f[2], menos.get(f[0].id)) for f in filas], siguiente


def _persona(actor: Actor) -> UUID:
    if actor.persona_id is None:
        raise Prohibido(_("Los favoritos son de una persona: ingrese como tal."))
    return actor.persona_id
