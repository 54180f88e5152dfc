"""The sweeps: what nobody decided while its offer was held, and where the orders of the rest are by now."""

from sqlmodel import col, func, select

from feria_inversa.compra_de_catalogo.decidir import vencer
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.seguir import seguir
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
    """Those under way whose order went on and nobody told it, or what the treasury paid came, or a debt was
    paid; how many."""
    en_curso = (
        select(CompraDeCatalogo.pedido_id)
        .where(col(CompraDeCatalogo.estado).in_((EstadoCompra.ORDENADA, EstadoCompra.RECIBIDA)))
        .order_by(col(CompraDeCatalogo.id))
    )
    return cada_uno(pendientes(en_curso), seguir)
