"""Periodic work of the orders: what time alone does of what nobody answered."""

from sqlalchemy import or_
from sqlmodel import col, func, select

from feria_inversa.contratos.aceptacion import vencer_orden
from feria_inversa.contratos.caidas import soltar_por_reloj
from feria_inversa.contratos.consultas import por_renovar, renovada
from feria_inversa.contratos.entregas import tener_por_recibida
from feria_inversa.contratos.estados import EstadoEntrega, EstadoGarantia, EstadoModificacion, EstadoOrden
from feria_inversa.contratos.garantias import avisar_garantia, vencer_garantia
from feria_inversa.contratos.modelos import Entrega, Garantia, Modificacion, OrdenDeCompra
from feria_inversa.contratos.modificaciones import vencer_modificacion
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


@periodica("feria.avisar_garantias", cada=300)
def avisar_garantias() -> int:
    """Guarantees that are about to end and nobody renewed, whose parties were not told; how many."""
    por_vencer = (
        select(Garantia.id)
        .where(col(Garantia.avisada_en).is_(None), *por_renovar())
        .order_by(col(Garantia.avisar_en))
    )
    return cada_uno(pendientes(por_vencer), avisar_garantia)


@periodica("feria.vencer_garantias", cada=300)
def vencer_garantias() -> int:
    """Guarantees whose last day passed, and those that another one follows from today on; how many."""
    vencidas = (
        select(Garantia.id)
        .where(
            Garantia.estado == EstadoGarantia.VIGENTE,
            or_(col(Garantia.vence_en) < func.nucleo_ahora(), renovada(desde_hoy=True)),
        )
        .order_by(col(Garantia.vence_en))
    )
    return cada_uno(pendientes(vencidas), vencer_garantia)


@periodica("feria.vencer_modificaciones", cada=300)
def vencer_modificaciones() -> int:
    """Modifications that nobody signed in their term; how many."""
    vencidas = (
        select(Modificacion.id)
        .where(
            Modificacion.estado == EstadoModificacion.PROPUESTA,
            col(Modificacion.firmar_hasta) <= func.nucleo_ahora(),
        )
        .order_by(col(Modificacion.firmar_hasta))
    )
    return cada_uno(pendientes(vencidas), vencer_modificacion)
