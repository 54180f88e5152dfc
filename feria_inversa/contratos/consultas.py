"""Reads of the purchase orders."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5

from moneyed import Money
from sqlalchemy import union
from sqlmodel import Session, col, func, or_, select

from empresa_digital.registro import CON_LO_SUYO, Facultad, unidades_de
from feria_inversa.contratos.errores import OrdenNoEncontrada
from feria_inversa.contratos.estados import EstadoEntrega, EstadoModificacion, EstadoOrden
from feria_inversa.contratos.modelos import (
    Entrega,
    EntregaLinea,
    Garantia,
    Modificacion,
    ModificacionLinea,
    OrdenDeCompra,
    OrdenLinea,
    PagoDeOrden,
)
from feria_inversa.evaluacion import en_vigor
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.precios import sumar
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor
from nucleo.paginacion import ids_de_cada_una


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


def acto_de_emision(sesion: Session, orden: OrdenDeCompra) -> UUID:
    """By which act a mandate knows the orders that were given together with this one."""
    previas = select(func.count()).where(
        OrdenDeCompra.convocatoria_id == orden.convocatoria_id,
        col(OrdenDeCompra.emitida_en) < orden.emitida_en,
    )
    return acto_de_emitir(orden.convocatoria_id, sesion.exec(previas).one())


def acto_de_emitir(convocatoria_id: UUID, previas: int) -> UUID:
    """The act of giving the orders of a call that has some already: another than that of its award."""
    return uuid5(convocatoria_id, f"ordenes:{previas}" if previas else "ordenes")


def lineas_de_orden(sesion: Session, orden_id: UUID) -> list[OrdenLinea]:
    """What the order is for."""
    consulta = select(OrdenLinea).where(OrdenLinea.orden_id == orden_id).order_by(col(OrdenLinea.numero))
    return list(sesion.exec(consulta))


def lineas_frescas(sesion: Session, orden_id: UUID) -> list[OrdenLinea]:
    """The same as they are now, whoever read them before."""
    consulta = select(OrdenLinea).where(OrdenLinea.orden_id == orden_id).order_by(col(OrdenLinea.numero))
    return list(sesion.exec(consulta, execution_options={"populate_existing": True}))


def entregas_de(sesion: Session, orden_id: UUID) -> list[Entrega]:
    consulta = select(Entrega).where(Entrega.orden_id == orden_id).order_by(col(Entrega.numero))
    return list(sesion.exec(consulta))


def lineas_de_entrega(sesion: Session, entrega_id: UUID) -> list[EntregaLinea]:
    """What a delivery is of, in the order of the lines."""
    consulta = (
        select(EntregaLinea)
        .join(OrdenLinea, col(OrdenLinea.id) == EntregaLinea.linea_id)
        .where(EntregaLinea.entrega_id == entrega_id)
        .order_by(col(OrdenLinea.numero))
    )
    return list(sesion.exec(consulta))


def pagos_de(sesion: Session, orden_id: UUID) -> list[PagoDeOrden]:
    consulta = select(PagoDeOrden).where(PagoDeOrden.orden_id == orden_id).order_by(col(PagoDeOrden.numero))
    return list(sesion.exec(consulta))


def garantias_de(sesion: Session, orden_id: UUID) -> list[Garantia]:
    consulta = select(Garantia).where(Garantia.orden_id == orden_id).order_by(col(Garantia.numero))
    return list(sesion.exec(consulta))


def modificaciones_de(sesion: Session, orden_id: UUID) -> list[Modificacion]:
    consulta = select(Modificacion).where(Modificacion.orden_id == orden_id)
    return list(sesion.exec(consulta.order_by(col(Modificacion.numero))))


def lineas_de_modificacion(sesion: Session, modificacion_id: UUID) -> list[ModificacionLinea]:
    """The lines that a modification changes, in their order."""
    consulta = (
        select(ModificacionLinea)
        .join(OrdenLinea, col(OrdenLinea.id) == ModificacionLinea.linea_id)
        .where(ModificacionLinea.modificacion_id == modificacion_id)
        .order_by(col(OrdenLinea.numero))
    )
    return list(sesion.exec(consulta))


def por_firmar(sesion: Session, orden_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """Of these orders, those of which a modification waits for its supplier: until when."""
    consulta = select(Modificacion.orden_id, Modificacion.firmar_hasta).where(
        col(Modificacion.orden_id).in_(orden_ids), Modificacion.estado == EstadoModificacion.PROPUESTA
    )
    return dict(sesion.exec(consulta).all())


def contar_por_firmar(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many modifications wait for the signature of each of these suppliers; only those with some."""
    consulta = (
        select(OrdenDeCompra.proveedor_id, func.count())
        .join(Modificacion, col(Modificacion.orden_id) == OrdenDeCompra.id)
        .where(
            col(OrdenDeCompra.proveedor_id).in_(unidad_ids),
            OrdenDeCompra.estado == EstadoOrden.VIGENTE,
            Modificacion.estado == EstadoModificacion.PROPUESTA,
        )
        .group_by(col(OrdenDeCompra.proveedor_id))
    )
    return dict(sesion.exec(consulta).all())


def total_adjudicado(sesion: Session, orden_id: UUID) -> Money:
    """What was awarded of what is in an order, whatever it became."""
    consulta = (
        select(OfertaLinea)
        .join(Adjudicacion, col(Adjudicacion.oferta_linea_id) == OfertaLinea.id)
        .join(OrdenLinea, col(OrdenLinea.adjudicacion_id) == Adjudicacion.id)
        .where(OrdenLinea.orden_id == orden_id)
    )
    return sumar(linea.total for linea in sesion.exec(consulta))


@dataclass(frozen=True, slots=True)
class OrdenCompleta:
    """An order with what it is for, what was handed over, what was paid, what answers for it and what both
    parties changed."""

    orden: OrdenDeCompra
    lineas: list[OrdenLinea]
    entregas: list[Entrega]
    pagos: list[PagoDeOrden]
    garantias: list[Garantia]
    modificaciones: list[Modificacion]


def ordenes_completas(sesion: Session, convocatoria_id: UUID) -> list[OrdenCompleta]:
    """All of a process, in six queries."""
    ordenes = {
        orden.id: OrdenCompleta(orden, [], [], [], [], []) for orden in ordenes_de(sesion, convocatoria_id)
    }
    for linea in _de_ellas(sesion, OrdenLinea, ordenes):
        ordenes[linea.orden_id].lineas.append(linea)
    for entrega in _de_ellas(sesion, Entrega, ordenes):
        ordenes[entrega.orden_id].entregas.append(entrega)
    for pago in _de_ellas(sesion, PagoDeOrden, ordenes):
        ordenes[pago.orden_id].pagos.append(pago)
    for garantia in _de_ellas(sesion, Garantia, ordenes):
        ordenes[garantia.orden_id].garantias.append(garantia)
    for modificacion in _de_ellas(sesion, Modificacion, ordenes):
        ordenes[modificacion.orden_id].modificaciones.append(modificacion)
    return list(ordenes.values())


_T = TypeVar("_T", OrdenLinea, Entrega, PagoDeOrden, Garantia, Modificacion)


def _de_ellas(sesion: Session, modelo: type[_T], ordenes: Collection[UUID]) -> Sequence[_T]:
    consulta = select(modelo).where(col(modelo.orden_id).in_(ordenes)).order_by(col(modelo.numero))
    return sesion.exec(consulta).all()


def contar_por_atender(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many orders of each of these entities have something to receive or to pay; only those with some."""
    espera = (
        select(Entrega.id)
        .where(Entrega.orden_id == OrdenDeCompra.id, Entrega.estado == EstadoEntrega.POR_RECIBIR)
        .exists()
    )
    debe = col(OrdenDeCompra.recibido) > col(OrdenDeCompra.multa) + col(OrdenDeCompra.pagado)
    consulta = (
        select(OrdenDeCompra.unidad_id, func.count())
        .where(
            col(OrdenDeCompra.unidad_id).in_(unidad_ids),
            col(OrdenDeCompra.estado).in_((EstadoOrden.VIGENTE, EstadoOrden.RECIBIDA)),
            or_(espera, debe),
        )
        .group_by(col(OrdenDeCompra.unidad_id))
    )
    return dict(sesion.exec(consulta).all())


def contar_por_aceptar(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many orders wait for the answer of each of these suppliers; only those with some."""
    consulta = (
        select(OrdenDeCompra.proveedor_id, func.count())
        .where(
            col(OrdenDeCompra.proveedor_id).in_(unidad_ids), OrdenDeCompra.estado == EstadoOrden.POR_ACEPTAR
        )
        .group_by(col(OrdenDeCompra.proveedor_id))
    )
    return dict(sesion.exec(consulta).all())


def mis_ordenes(sesion: Session, actor: Actor, limite: int = 200) -> list[tuple[OrdenDeCompra, Convocatoria]]:
    """The orders that the actor's units gave or have to deliver, newest first."""
    proveen = [u.id for u in unidades_de(sesion, actor, Facultad.OFERTAR, estados=CON_LO_SUYO)]
    compran = {
        u.id
        for facultad in (Facultad.COMPRAR, Facultad.EVALUAR, Facultad.PAGAR)
        for u in unidades_de(sesion, actor, facultad, estados=CON_LO_SUYO)
    }
    orden = (col(OrdenDeCompra.emitida_en).desc(), col(OrdenDeCompra.id).desc())
    ids = union(
        ids_de_cada_una(OrdenDeCompra.id, col(OrdenDeCompra.proveedor_id), proveen, orden, limite),
        ids_de_cada_una(OrdenDeCompra.id, col(OrdenDeCompra.unidad_id), list(compran), orden, limite),
    )
    consulta = (
        select(OrdenDeCompra, Convocatoria)
        .join(Convocatoria, col(Convocatoria.id) == OrdenDeCompra.convocatoria_id)
        .where(col(OrdenDeCompra.id).in_(ids))
        .order_by(*orden)
        .limit(limite)
    )
    return list(sesion.exec(consulta).all())


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
