"""Reads of the purchase orders."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.contratos.errores import OrdenNoEncontrada
from feria_inversa.contratos.modelos import OrdenDeCompra, OrdenLinea
from feria_inversa.evaluacion import en_vigor
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.procesos.modelos import Item


def orden_por_id(sesion: Session, orden_id: UUID) -> OrdenDeCompra:
    """A purchase order; public, like every award."""
    orden = sesion.get(OrdenDeCompra, orden_id)
    if orden is None:
        raise OrdenNoEncontrada
    return orden


def ordenes_de(sesion: Session, convocatoria_id: UUID) -> list[OrdenDeCompra]:
    consulta = (
        select(OrdenDeCompra)
        .where(OrdenDeCompra.convocatoria_id == convocatoria_id)
        .order_by(col(OrdenDeCompra.numero))
    )
    return list(sesion.exec(consulta))


def lineas_de_orden(sesion: Session, orden_id: UUID) -> list[OrdenLinea]:
    """What the order is for."""
    consulta = select(OrdenLinea).where(OrdenLinea.orden_id == orden_id).order_by(col(OrdenLinea.numero))
    return list(sesion.exec(consulta))


@dataclass(frozen=True, slots=True)
class Ganada:
    """An item, who won it, and with which line of its bid."""

    item: Item
    adjudicacion: Adjudicacion
    linea: OfertaLinea
    proveedor_id: UUID


def por_ordenar(sesion: Session, convocatoria_id: UUID) -> list[Ganada]:
    """What was awarded and is in no order yet."""
    consulta = (
        select(Item, Adjudicacion, OfertaLinea)
        .join(Adjudicacion, col(Adjudicacion.item_id) == Item.id)
        .join(OfertaLinea, col(OfertaLinea.id) == Adjudicacion.oferta_linea_id)
        .outerjoin(OrdenLinea, col(OrdenLinea.adjudicacion_id) == Adjudicacion.id)
        .where(Adjudicacion.convocatoria_id == convocatoria_id, en_vigor(), col(OrdenLinea.id).is_(None))
        .order_by(col(Item.numero))
    )
    ganadas = []
    for item, adjudicacion, linea in sesion.exec(consulta):
        assert adjudicacion.proveedor_id is not None
        ganadas.append(Ganada(item, adjudicacion, linea, adjudicacion.proveedor_id))
    return ganadas
