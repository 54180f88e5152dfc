"""Reads of offers held, and who may see each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.catalogo import opciones_por_id
from comercio.sostenidas.errores import OfertaNoEncontrada
from comercio.sostenidas.estados import EstadoOferta
from comercio.sostenidas.modelos import Consentimiento, OfertaSostenida
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar


@dataclass(frozen=True, slots=True)
class OfertaLeida:
    """An offer as other rooms see it."""

    id: UUID
    estado: EstadoOferta
    entidad_id: UUID
    vendedor_id: UUID
    producto_id: UUID
    variante_id: UUID
    titulo: str
    sku: str
    unidad_medida: str
    cantidad: Decimal
    precio: Money
    importe: Money
    busqueda_id: UUID | None
    vence_en: datetime | None

    @classmethod
    def de(cls, fila: OfertaSostenida) -> "OfertaLeida":
        iguales = {n: getattr(fila, n) for n in cls.__slots__ if n != "estado"}
        return cls(estado=EstadoOferta(fila.estado), **iguales)


def sostenidas_de(sesion: Session, entidad_id: UUID) -> list[OfertaLeida]:
    """What is held now for an entity, what ends first before."""
    consulta = select(OfertaSostenida).where(
        col(OfertaSostenida.entidad_id) == entidad_id,
        col(OfertaSostenida.estado) == EstadoOferta.SOSTENIDA,
        col(OfertaSostenida.vence_en) > func.nucleo_ahora(),
    )
    orden = (col(OfertaSostenida.vence_en), col(OfertaSostenida.id))
    return [OfertaLeida.de(fila) for fila in sesion.exec(consulta.order_by(*orden))]


def ofertas_de(
    sesion: Session, actor: Actor, unidad_id: UUID, pagina: CursorPedido, *, vende: bool
) -> tuple[list[OfertaSostenida], str | None]:
    """Those that a unit asked for or, as a seller, was asked for; the last first. Raises `SinFacultad`."""
    facultad, de = (
        (Facultad.VENDER, OfertaSostenida.vendedor_id)
        if vende
        else (Facultad.COMPRAR, OfertaSostenida.entidad_id)
    )
    exigir_facultad(sesion, actor, unidad_id, facultad, estados=CON_LO_SUYO)
    consulta: Any = select(OfertaSostenida).where(col(de) == unidad_id)
    return paginar(sesion, consulta, pagina, columnas=(OfertaSostenida.id,))


def exigir_que_la_vea(sesion: Session, actor: Actor, oferta_id: UUID, facultad: Facultad) -> None:
    """It is of a unit for which the actor may buy, or sell. Raises `OfertaNoEncontrada`."""
    fila = sesion.get(OfertaSostenida, oferta_id)
    if fila is None:
        raise OfertaNoEncontrada()
    de = fila.vendedor_id if facultad is Facultad.VENDER else fila.entidad_id
    if not tiene_facultad(sesion, actor, de, facultad, estados=CON_LO_SUYO):
        raise OfertaNoEncontrada()


def cuantas_por_responder(sesion: Session, unidades: list[UUID]) -> dict[UUID, int]:
    """How many wait for the answer of each of these sellers."""
    consulta = (
        select(OfertaSostenida.vendedor_id, func.count())
        .where(
            col(OfertaSostenida.vendedor_id).in_(unidades),
            col(OfertaSostenida.estado) == EstadoOferta.PEDIDA,
        )
        .group_by(col(OfertaSostenida.vendedor_id))
    )
    return dict(sesion.exec(consulta).all())


def precios_de_hoy(sesion: Session, ofertas: Iterable[OfertaSostenida]) -> dict[UUID, Money]:
    """What one costs now of each offer that is held, where that is less than what is held."""
    vivas = [o for o in ofertas if o.estado == EstadoOferta.SOSTENIDA]
    opciones = opciones_por_id(sesion, {o.variante_id for o in vivas}) if vivas else {}
    precios = {
        o.id: opciones[o.variante_id].rebajado_de(o.cantidad)
        for o in vivas
        if o.variante_id in opciones and opciones[o.variante_id].a_la_venta
    }
    return {o.id: precios[o.id] for o in vivas if o.id in precios and precios[o.id] < o.precio}


def consentimiento_de(sesion: Session, vendedor_id: UUID) -> Consentimiento | None:
    return sesion.get(Consentimiento, vendedor_id)
