"""Periodic work of the orders: what time alone does of what nobody answered."""

from sqlmodel import col, func, select

from feria_inversa.contratos.aceptacion import vencer_orden
from feria_inversa.contratos.caidas import soltar_por_reloj
from feria_inversa.contratos.entregas import tener_por_recibida
from feria_inversa.contratos.estados import EstadoEntrega, EstadoOrden
from feria_inversa.contratos.modelos import Entrega, OrdenDeCompra
from feria_inversa.contratos.resolucion import abandonar_orden
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("feria.vencer_ordenes", cada=60)
def vencer_ordenes() -> int:
    """Orders whose term to be accepted passed, each in its own transaction; how many."""
    vencidas = (
        select(OrdenDeCompra.id)
        .where(
            OrdenDeCompra.estado == EstadoOrden.POR_ACEPTAR,
            col(OrdenDeCompra.aceptar_hasta) <= func.nucleo_ahora(),
        )
        .order_by(col(OrdenDeCompra.aceptar_hasta))
    )
    return cada_uno(pendientes(vencidas), vencer_orden)


@periodica("feria.recibir_entregas", cada=60)
def recibir_entregas() -> int:
    """Deliveries to which nobody objected in their term are received; how many."""
    vencidas = (
        select(Entrega.id)
        .where(Entrega.estado == EstadoEntrega.POR_RECIBIR, col(Entrega.recibir_hasta) <= func.nucleo_ahora())
        .order_by(col(Entrega.recibir_hasta))
    )
    return cada_uno(pendientes(vencidas), tener_por_recibida)


@periodica("feria.abandonar_ordenes", cada=300)
def abandonar_ordenes() -> int:
    """Orders late for long that nobody ended; how many."""
    vencidas = (
        select(OrdenDeCompra.id)
        .where(
            OrdenDeCompra.estado == EstadoOrden.VIGENTE, col(OrdenDeCompra.cortar_en) <= func.nucleo_ahora()
        )
        .order_by(col(OrdenDeCompra.cortar_en))
    )
    return cada_uno(pendientes(vencidas), abandonar_orden)


@periodica("feria.soltar_adjudicaciones", cada=300)
def soltar_adjudicaciones() -> int:
    """Calls resolved long ago whose awards wait for an order, each in its own transaction; how many."""
    vencidas = (
        select(Convocatoria.id)
        .where(Convocatoria.estado == Estado.RESUELTO, col(Convocatoria.sigue_en) <= func.nucleo_ahora())
        .order_by(col(Convocatoria.sigue_en))
    )
    return cada_uno(pendientes(vencidas), soltar_por_reloj)
