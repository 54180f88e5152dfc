"""Reads of the purchase orders."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from moneyed import Money
from sqlalchemy import ColumnElement, Date, case, cast, exists, extract, union
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, or_, select

from empresa_digital.registro import CON_LO_SUYO, Facultad, unidades_de
from feria_inversa.contratos.errores import OrdenNoEncontrada
from feria_inversa.contratos.estados import EstadoEntrega, EstadoGarantia, EstadoModificacion, EstadoOrden
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
from feria_inversa.papeles import Papel, actua_alguien
from feria_inversa.precios import sumar
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, ids_de_cada_una, paginar, tras
from nucleo.panel import Espera, la_primera


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


def lineas_de_entregas(sesion: Session, orden_id: UUID) -> dict[UUID, list[EntregaLinea]]:
    """The same of all of an order, in one query."""
    return _por_lo_suyo(
        (fila.entrega_id, fila)
        for fila in sesion.exec(
            select(EntregaLinea)
            .join(OrdenLinea, col(OrdenLinea.id) == EntregaLinea.linea_id)
            .where(EntregaLinea.orden_id == orden_id)
            .order_by(col(OrdenLinea.numero))
        )
    )


_L = TypeVar("_L")


def _por_lo_suyo(filas: Iterable[tuple[UUID, _L]]) -> dict[UUID, list[_L]]:
    de_cada: dict[UUID, list[_L]] = defaultdict(list)
    for id_, fila in filas:
        de_cada[id_].append(fila)
    return de_cada


def pagos_de(sesion: Session, orden_id: UUID) -> list[PagoDeOrden]:
    consulta = select(PagoDeOrden).where(PagoDeOrden.orden_id == orden_id).order_by(col(PagoDeOrden.numero))
    return list(sesion.exec(consulta))


def _sin_forma(comprobante: Any) -> ColumnElement[str]:
    """The number of a C-31 however it was written: «C-31 044» is «44»."""
    sin_nombre = func.regexp_replace(func.upper(comprobante), r"^\W*C\W*31", "")
    return func.ltrim(func.regexp_replace(sin_nombre, r"\W", "", "g"), "0")


def con_ese_comprobante(sesion: Session, orden: OrdenDeCompra, comprobante: str, fecha: date) -> list[str]:
    """The numbers of the other orders of its entity that a C-31 of that number and year, however it was
    written, paid.
    """
    consulta = (
        select(OrdenDeCompra.numero)
        .join(PagoDeOrden, col(PagoDeOrden.orden_id) == col(OrdenDeCompra.id))
        .where(
            OrdenDeCompra.unidad_id == orden.unidad_id,
            OrdenDeCompra.id != orden.id,
            _sin_forma(col(PagoDeOrden.comprobante)) == _sin_forma(comprobante),
            extract("year", col(PagoDeOrden.fecha)) == fecha.year,
        )
        .distinct()
        .order_by(OrdenDeCompra.numero)
    )
    return list(sesion.exec(consulta))


def garantias_de(sesion: Session, orden_id: UUID) -> list[Garantia]:
    consulta = select(Garantia).where(Garantia.orden_id == orden_id).order_by(col(Garantia.numero))
    return list(sesion.exec(consulta))


def renovada(*, desde_hoy: bool = False) -> ColumnElement[bool]:
    """That another guarantee, of those that hold, renews it: one that may not have begun."""
    otra = aliased(Garantia)
    renueva = [col(otra.renueva_a) == col(Garantia.id), col(otra.estado) != EstadoGarantia.ANULADA]
    if desde_hoy:
        hoy = cast(func.timezone("America/La_Paz", func.nucleo_ahora()), Date)
        renueva.append(col(otra.desde) <= hoy)
    return exists().where(*renueva)


def por_renovar() -> list[ColumnElement[bool]]:
    """That a guarantee in force is about to end, and none follows it."""
    ahora = func.nucleo_ahora()
    return [col(Garantia.estado) == EstadoGarantia.VIGENTE, col(Garantia.avisar_en) <= ahora, ~renovada()]


def contar_por_renovar(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, Espera]:
    """The guarantees of the orders of each of these entities that are about to end; only those with some."""
    consulta = (
        select(
            OrdenDeCompra.unidad_id,
            func.count(),
            func.min(Garantia.vence_en),
            la_primera(OrdenDeCompra.id, Garantia.vence_en),
        )
        .join(Garantia, col(Garantia.orden_id) == OrdenDeCompra.id)
        .where(col(OrdenDeCompra.unidad_id).in_(unidad_ids), *por_renovar())
        .group_by(col(OrdenDeCompra.unidad_id))
    )
    return _esperas(sesion, consulta)


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


def lineas_de_modificaciones(sesion: Session, orden_id: UUID) -> dict[UUID, list[ModificacionLinea]]:
    """The same of all of an order, in one query."""
    return _por_lo_suyo(
        (fila.modificacion_id, fila)
        for fila in sesion.exec(
            select(ModificacionLinea)
            .join(OrdenLinea, col(OrdenLinea.id) == ModificacionLinea.linea_id)
            .where(ModificacionLinea.orden_id == orden_id)
            .order_by(col(OrdenLinea.numero))
        )
    )


def por_firmar(sesion: Session, orden_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """Of these orders, those of which a modification waits for its supplier: until when."""
    consulta = select(Modificacion.orden_id, Modificacion.firmar_hasta).where(
        col(Modificacion.orden_id).in_(orden_ids), Modificacion.estado == EstadoModificacion.PROPUESTA
    )
    return dict(sesion.exec(consulta).all())


def contar_por_firmar(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, Espera]:
    """The modifications that wait for the signature of each of these suppliers; only those with some."""
    consulta = (
        select(OrdenDeCompra.proveedor_id, func.count(), func.min(Modificacion.firmar_hasta))
        .join(Modificacion, col(Modificacion.orden_id) == OrdenDeCompra.id)
        .where(
            col(OrdenDeCompra.proveedor_id).in_(unidad_ids),
            OrdenDeCompra.estado == EstadoOrden.VIGENTE,
            Modificacion.estado == EstadoModificacion.PROPUESTA,
        )
        .group_by(col(OrdenDeCompra.proveedor_id))
    )
    return _esperas(sesion, consulta)


def _esperas(sesion: Session, consulta: Any) -> dict[UUID, Espera]:
    return {unidad_id: Espera(*espera) for unidad_id, *espera in sesion.execute(consulta)}


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


def contar_por_atender(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, Espera]:
    """The orders of each of these entities with something to pay, or to receive by whoever buys: nobody was
    named to it (`contar_por_recibir`). Only those with some.
    """
    nombraron = actua_alguien(Papel.RECEPCION, col(OrdenDeCompra.convocatoria_id))
    por_recibir = (
        select(func.min(Entrega.recibir_hasta))
        .where(Entrega.orden_id == OrdenDeCompra.id, Entrega.estado == EstadoEntrega.POR_RECIBIR, ~nombraron)
        .scalar_subquery()
    )
    debe = col(OrdenDeCompra.recibido) > col(OrdenDeCompra.multa) + col(OrdenDeCompra.pagado)
    por_pagar = case((debe, col(OrdenDeCompra.pagar_hasta)))
    consulta = (
        select(OrdenDeCompra.unidad_id, func.count(), func.min(func.least(por_recibir, por_pagar)))
        .where(
            col(OrdenDeCompra.unidad_id).in_(unidad_ids),
            col(OrdenDeCompra.estado).in_((EstadoOrden.VIGENTE, EstadoOrden.RECIBIDA)),
            or_(por_recibir.is_not(None), debe),
        )
        .group_by(col(OrdenDeCompra.unidad_id))
    )
    return _esperas(sesion, consulta)


def contar_por_recibir(sesion: Session, unidad_ids: Sequence[UUID], persona_id: UUID) -> dict[UUID, Espera]:
    """The deliveries of each of these entities that wait for somebody who was named to receive them."""
    consulta = (
        select(
            OrdenDeCompra.unidad_id,
            func.count(),
            func.min(Entrega.recibir_hasta),
            la_primera(OrdenDeCompra.id, Entrega.recibir_hasta),
        )
        .join(Entrega, col(Entrega.orden_id) == OrdenDeCompra.id)
        .where(
            col(OrdenDeCompra.unidad_id).in_(unidad_ids),
            col(OrdenDeCompra.estado).in_((EstadoOrden.VIGENTE, EstadoOrden.RECIBIDA)),
            Entrega.estado == EstadoEntrega.POR_RECIBIR,
            actua_alguien(Papel.RECEPCION, col(OrdenDeCompra.convocatoria_id), persona_id),
        )
        .group_by(col(OrdenDeCompra.unidad_id))
    )
    return _esperas(sesion, consulta)


def contar_por_aceptar(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, Espera]:
    """The orders that wait for the answer of each of these suppliers; only those with some."""
    consulta = (
        select(OrdenDeCompra.proveedor_id, func.count(), func.min(OrdenDeCompra.aceptar_hasta))
        .where(
            col(OrdenDeCompra.proveedor_id).in_(unidad_ids), OrdenDeCompra.estado == EstadoOrden.POR_ACEPTAR
        )
        .group_by(col(OrdenDeCompra.proveedor_id))
    )
    return _esperas(sesion, consulta)


def contar_por_entregar(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, Espera]:
    """The orders of which each of these suppliers has something to deliver; only those with some."""
    falta = (
        select(OrdenLinea.id)
        .where(OrdenLinea.orden_id == OrdenDeCompra.id, col(OrdenLinea.entregada) < col(OrdenLinea.cantidad))
        .exists()
    )
    consulta = (
        select(OrdenDeCompra.proveedor_id, func.count(), func.min(OrdenDeCompra.entregar_hasta))
        .where(
            col(OrdenDeCompra.proveedor_id).in_(unidad_ids),
            OrdenDeCompra.estado == EstadoOrden.VIGENTE,
            falta,
        )
        .group_by(col(OrdenDeCompra.proveedor_id))
    )
    return _esperas(sesion, consulta)


TERMINO = case(
    (col(OrdenDeCompra.estado) == EstadoOrden.POR_ACEPTAR, col(OrdenDeCompra.aceptar_hasta)),
    (col(OrdenDeCompra.estado) == EstadoOrden.VIGENTE, col(OrdenDeCompra.entregar_hasta)),
    else_=col(OrdenDeCompra.pagar_hasta),
).label("termino")
"""Until when an order waits as it is: to be accepted, delivered or paid."""
EN_CURSO = (EstadoOrden.POR_ACEPTAR, EstadoOrden.VIGENTE, EstadoOrden.RECIBIDA)


def mis_ordenes(
    sesion: Session, actor: Actor, pagina: CursorPedido, *, en_curso: bool = False
) -> tuple[list[tuple[OrdenDeCompra, Convocatoria]], str | None]:
    """A page of the orders that the actor's units gave or have to deliver, newest first; of those under way
    alone, what ends first, first.
    """
    proveen = [u.id for u in unidades_de(sesion, actor, Facultad.OFERTAR, estados=CON_LO_SUYO)]
    compran = {
        u.id
        for facultad in (Facultad.COMPRAR, Facultad.EVALUAR, Facultad.PAGAR)
        for u in unidades_de(sesion, actor, facultad, estados=CON_LO_SUYO)
    }
    desc = not en_curso
    columnas: tuple[Any, ...] = (OrdenDeCompra.emitida_en if desc else TERMINO, OrdenDeCompra.id)
    orden = [c.desc() if desc else c.asc() for c in columnas]
    donde = tras(pagina, columnas, desc=desc)
    if en_curso:
        donde.append(col(OrdenDeCompra.estado).in_(EN_CURSO))
    tope = pagina.limite + 1
    ids = union(
        ids_de_cada_una(OrdenDeCompra.id, col(OrdenDeCompra.proveedor_id), proveen, orden, tope, *donde),
        ids_de_cada_una(OrdenDeCompra.id, col(OrdenDeCompra.unidad_id), list(compran), orden, tope, *donde),
    )
    consulta: Any = (
        select(OrdenDeCompra, Convocatoria, *columnas)
        .join(Convocatoria, col(Convocatoria.id) == OrdenDeCompra.convocatoria_id)
        .where(col(OrdenDeCompra.id).in_(ids))
    )
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, desc=desc, escalares=False)
    return [(fila[0], fila[1]) for fila in filas], siguiente


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
