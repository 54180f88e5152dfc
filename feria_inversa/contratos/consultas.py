"""Reads of the purchase orders."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.contratos.errores import OrdenNoEncontrada
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.procesos.modelos import Item


@dataclass(frozen=True, slots=True)
class LineaDeOrden:
    item: Item
    linea: OfertaLinea


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


def lineas_de_orden(sesion: Session, orden: OrdenDeCompra) -> list[LineaDeOrden]:
    """What the order is for: the items its supplier won, at the prices it bid."""
    consulta = (
        select(Item, OfertaLinea)
        .join(Adjudicacion, col(Adjudicacion.item_id) == Item.id)
        .join(OfertaLinea, col(OfertaLinea.id) == Adjudicacion.oferta_linea_id)
        .where(
            Adjudicacion.convocatoria_id == orden.convocatoria_id,
            Adjudicacion.proveedor_id == orden.proveedor_id,
        )
        .order_by(col(Item.numero))
    )
    return [LineaDeOrden(item, linea) for item, linea in sesion.exec(consulta)]
