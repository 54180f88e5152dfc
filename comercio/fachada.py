"""What other rooms ask of the market: its use cases, answering with frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from comercio import comprar as compras
from comercio import pedidos
from comercio.comprar import SolicitudCompra, pedidos_de
from nucleo.actor import Actor
from nucleo.fachada import sin_fila


@dataclass(frozen=True, slots=True)
class PedidoHecho:
    """An order of a purchase."""

    id: UUID
    vendedor_id: UUID
    creado_en: datetime


def comprar(sesion: Session, actor: Actor, solicitud: SolicitudCompra) -> Sequence[PedidoHecho]:
    """Buy, all or nothing; the orders, one for each seller. Raises what `comercio.comprar.comprar` does."""
    return pedidos_de_compra(sesion, compras.comprar(sesion, actor, solicitud).id)


def pedidos_de_compra(sesion: Session, compra_id: UUID) -> Sequence[PedidoHecho]:
    """The orders of a purchase, one for each seller."""
    return [PedidoHecho(p.id, p.vendedor_id, p.creado_en) for p in pedidos_de(sesion, compra_id)]


preparar = sin_fila(pedidos.preparar)
despachar = sin_fila(pedidos.despachar)
dar_conformidad = sin_fila(pedidos.dar_conformidad)
cancelar = sin_fila(pedidos.cancelar)
