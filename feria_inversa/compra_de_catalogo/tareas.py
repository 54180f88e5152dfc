"""The sweeps: what nobody decided while its offer was held, and where the orders of the rest are by now."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import col, func, select

from feria_inversa.compra_de_catalogo.decidir import vencer
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.seguir import atrasadas, desmentidas, seguir
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.vencer_compras_de_catalogo", cada=300)
def vencer_compras() -> int:
    """Those whose time to be decided ended, each in its own transaction; how many."""
    vencidas = (
        select(CompraDeCatalogo.id)
        .where(col(CompraDeCatalogo.vence_en) <= func.nucleo_ahora())
        .order_by(col(CompraDeCatalogo.vence_en), col(CompraDeCatalogo.id))
    )
    return cada_uno(pendientes(vencidas), vencer)


@periodica("feria.seguir_compras_de_catalogo", cada=600)
def seguir_compras() -> int:
    """Those whose order went on and nobody told them; how many."""
    return cada_uno(_por_seguir(), seguir)


def _por_seguir() -> Iterator[UUID]:
    """The orders of all of them, and of no other: what waits for its entity does not keep the rest."""
    with transaccion() as sesion:
        atras = desmentidas(sesion)
    yield from atras
    tras: UUID | None = UUID(int=0)
    while tras is not None:
        with transaccion() as sesion:
            atras, tras = atrasadas(sesion, tras)
        yield from atras
