"""Where the services of operators arrive, by the rates in force: what has no rate is not served."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col, select

from envios.tarifas.consultas import en_vigor
from envios.tarifas.modelos import Lugar, Ruta, Servicio, Tarifario
from nucleo.reloj import fecha_bolivia


@dataclass(frozen=True, slots=True)
class Llegada:
    """A service arrives at a municipality, from wherever it is sent, between so many working days.

    `entrega` is «puerta» or «agencia»; the dates are those of its rates (`vigente_hasta`: the first day on
    which they no longer hold).
    """

    operador_unidad_id: UUID
    servicio: str
    nombre: str
    entrega: str
    dias_desde: int
    dias_hasta: int
    vigente_desde: date
    vigente_hasta: date | None


def llegadas_a(
    sesion: Session, municipio_ine: str, instante: datetime, *, operador_unidad_id: UUID | None = None
) -> list[Llegada]:
    """What arrives there by the rates in force at an instant, quickest first, in one statement."""
    suyo = (
        select(Lugar)
        .join(Tarifario, col(Tarifario.id) == col(Lugar.tarifario_id))
        .where(*en_vigor(instante), col(Lugar.lugar).in_((municipio_ine, municipio_ine[:2])))
        .ext(distinct_on(col(Lugar.tarifario_id)))
        .order_by(col(Lugar.tarifario_id), func.length(Lugar.lugar).desc())  # told apart from its department
        .subquery()
    )
    desde = func.min(Ruta.dias) + suyo.c.dias_mas
    hasta = func.max(Ruta.dias) + suyo.c.dias_mas
    consulta = (
        select(Tarifario, Servicio, desde, hasta)
        .join(suyo, suyo.c.tarifario_id == col(Tarifario.id))
        .join(Ruta, (col(Ruta.tarifario_id) == col(Tarifario.id)) & (col(Ruta.destino) == suyo.c.zona))
        .join(
            Servicio,
            (col(Servicio.tarifario_id) == col(Tarifario.id)) & (col(Servicio.codigo) == col(Ruta.servicio)),
        )
        .group_by(col(Tarifario.id), col(Servicio.tarifario_id), col(Servicio.codigo), suyo.c.dias_mas)
        .order_by(desde, hasta, col(Servicio.codigo), col(Tarifario.operador_unidad_id))
    )
    if operador_unidad_id is not None:
        consulta = consulta.where(col(Tarifario.operador_unidad_id) == operador_unidad_id)
    return [
        Llegada(
            operador_unidad_id=t.operador_unidad_id,
            servicio=s.codigo,
            nombre=s.nombre,
            entrega=s.entrega,
            dias_desde=menos,
            dias_hasta=mas,
            vigente_desde=fecha_bolivia(t.vigente_desde),
            vigente_hasta=fecha_bolivia(t.vigente_hasta) if t.vigente_hasta else None,
        )
        for t, s, menos, mas in sesion.exec(consulta)
    ]


def operadores_con_tarifas(sesion: Session, instante: datetime) -> Collection[UUID]:
    """Those with rates in force."""
    return set(sesion.exec(select(Tarifario.operador_unidad_id).where(*en_vigor(instante))))
