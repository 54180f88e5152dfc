"""Periodic work of the market. Each function asks the database what is due and may run twice at once."""

from datetime import timedelta

from sqlalchemy import delete, func
from sqlmodel import col, select

from comercio.catalogo import refrescar_vendedor
from comercio.estados import POR_DESPACHAR, EstadoProducto
from comercio.modelos import Carrito, Pedido, Producto
from comercio.pedidos import cancelar_sin_despacho
from comercio.tarifas import CARRITO_ANONIMO
from nucleo.bd import transaccion
from nucleo.plazos import plazo
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica

LOTE = 200


@periodica("comercio.cancelar_sin_despacho", cada=60)
def cancelar_vencidos() -> int:
    """Cancel and refund the orders whose term to dispatch has passed; one transaction each."""
    with transaccion() as sesion:
        consulta = (
            select(Pedido.id)
            .where(
                col(Pedido.estado).in_(sorted(POR_DESPACHAR)),
                col(Pedido.despachar_hasta) < func.nucleo_ahora(),
            )
            .order_by(col(Pedido.despachar_hasta))
            .limit(LOTE)
        )
        vencidos = list(sesion.exec(consulta))
    hechos = 0
    for pedido_id in vencidos:
        with transaccion() as sesion:
            hechos += cancelar_sin_despacho(sesion, pedido_id)
    return hechos


@periodica("comercio.revisar_vendedores", cada=3600)
def revisar_vendedores() -> int:
    """Take off the shop what is of units whose leave to sell has ended by its date; put back the others."""
    with transaccion() as sesion:
        consulta = select(Producto.vendedor_id).where(Producto.estado == EstadoProducto.PUBLICADO).distinct()
        vendedores = sorted(sesion.exec(consulta))
    cambiados = 0
    for unidad_id in vendedores:
        with transaccion() as sesion:
            cambiados += refrescar_vendedor(sesion, unidad_id)
    return cambiados


@periodica("comercio.olvidar_carritos", cada=3600)
def olvidar_carritos() -> int:
    """Delete the carts that nobody has claimed for the term `comercio.carrito_anonimo`."""
    with transaccion() as sesion:
        dias = plazo(sesion, CARRITO_ANONIMO, ahora_bd(sesion)).valor
        viejo = col(Carrito.actualizado_en) < func.nucleo_ahora() - timedelta(days=dias)
        sentencia = delete(Carrito).where(col(Carrito.persona_id).is_(None), viejo)
        return int(sesion.connection().execute(sentencia).rowcount)
