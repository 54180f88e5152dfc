"""Periodic work of stock."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.catalogo import EstadoProducto
from comercio.catalogo.modelos import Existencia, Producto, Variante
from comercio.existencias.modelos import UmbralDeExistencia
from comercio.existencias.umbrales import avisar
from nucleo.tareas import cada_uno, pendientes, periodica

_DISPONIBLE = (
    select(func.coalesce(func.sum(Existencia.existencia - Existencia.reservado), 0))
    .where(col(Existencia.variante_id) == col(UmbralDeExistencia.variante_id))
    .scalar_subquery()
)


@periodica("comercio.avisar_existencias", cada=300)
def avisar_existencias() -> int:
    """Tell sellers, once, what fell to their threshold; note what is above it again."""
    por_avisar = (
        select(UmbralDeExistencia.variante_id)
        .join(Variante, col(Variante.id) == col(UmbralDeExistencia.variante_id))
        .join(Producto, col(Producto.id) == col(Variante.producto_id))
        .where(
            col(Variante.estado) == "activa",
            col(Producto.estado) == EstadoProducto.PUBLICADO,
            col(UmbralDeExistencia.avisado_en).is_(None) == (col(UmbralDeExistencia.umbral) >= _DISPONIBLE),
        )
        .order_by(col(UmbralDeExistencia.variante_id))
    )
    return cada_uno(pendientes(por_avisar), avisar)
