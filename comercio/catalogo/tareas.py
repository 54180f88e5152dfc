"""Periodic work of the catalogue. It asks the database what is due and may run twice at once."""

from sqlmodel import select

from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import refrescar_vendedor
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica


@periodica("comercio.revisar_vendedores", cada=3600)
def revisar_vendedores() -> int:
    """Take off the shop what is of units whose leave to sell has ended by its date; put back the others."""
    with transaccion() as sesion:
        consulta = select(Producto.vendedor_id).where(Producto.estado == EstadoProducto.PUBLICADO).distinct()
        vendedores = sorted(sesion.exec(consulta))
    return cada_uno(vendedores, refrescar_vendedor)
