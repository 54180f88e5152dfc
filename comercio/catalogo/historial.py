"""What a product cost since it went on sale: for who would buy it, and judges whether «rebajado» is true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, DateTime, Uuid, bindparam, column, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session

from nucleo.dinero import de_centavos
from nucleo.reloj import ZONA, ahora

DIAS = 365
CAMBIOS_MAXIMOS = 500


@dataclass(frozen=True, slots=True)
class PrecioDesde:
    precio: Money
    desde: datetime


# Of each variant that is not withdrawn by itself: what it cost when the span began, and its changes since.
_PRECIOS = (
    text(
        """
    SELECT h.id, h.variante_id, h.precio, greatest(h.desde, i.desde) AS desde
    FROM comercio_variante v
    JOIN comercio_producto p ON p.id = v.producto_id
    CROSS JOIN LATERAL (SELECT greatest(
        p.publicado_en, v.creado_en,
        date_trunc('day', nucleo_ahora(), 'America/La_Paz') - interval '1 day' * :dias) AS desde) i
    CROSS JOIN LATERAL (
        (SELECT id, variante_id, precio, desde FROM comercio_precio_de_variante
         WHERE variante_id = v.id AND desde <= i.desde ORDER BY id DESC LIMIT 1)
        UNION ALL
        (SELECT id, variante_id, precio, desde FROM comercio_precio_de_variante
         WHERE variante_id = v.id AND desde > i.desde ORDER BY id DESC LIMIT :tope)
    ) h
    WHERE p.id = :producto_id AND p.publicado_en IS NOT NULL AND v.estado <> 'retirada'
    """
    )
    .bindparams(bindparam("producto_id", type_=Uuid()), dias=DIAS, tope=CAMBIOS_MAXIMOS)
    .columns(
        column("id", BigInteger),
        column("variante_id", Uuid),
        column("precio", BigInteger),
        column("desde", DateTime(timezone=True)),
    )
    .subquery("precios")
)
HISTORIAL = select(
    func.jsonb_agg(
        aggregate_order_by(
            func.jsonb_build_array(_PRECIOS.c.variante_id, _PRECIOS.c.precio, _PRECIOS.c.desde),
            _PRECIOS.c.desde,
            _PRECIOS.c.id,
        )
    )
).scalar_subquery()
"""What `leer_historial` reads of :producto_id, to be asked beside other things."""


def historial_de(sesion: Session, producto_id: UUID) -> dict[UUID, list[PrecioDesde]]:
    """By variant, its prices since when each, the oldest first: since it went on sale, `DIAS` at most."""
    return leer_historial(sesion.execute(select(HISTORIAL), {"producto_id": producto_id}).scalar_one())


def leer_historial(dato: Any) -> dict[UUID, list[PrecioDesde]]:
    historial: dict[UUID, list[PrecioDesde]] = {}
    for variante_id, precio, cuando in dato or ():
        paso = PrecioDesde(de_centavos(precio), datetime.fromisoformat(cuando))
        historial.setdefault(UUID(variante_id), []).append(paso)
    return historial


def desde_cuanto(historial: dict[UUID, list[PrecioDesde]]) -> list[PrecioDesde]:
    """The lowest price among the variants, since when each: what a list says; only where it changes."""
    pasos = [(variante, p) for variante, suyos in historial.items() for p in suyos]
    actuales: dict[UUID, Money] = {}
    bajos: list[PrecioDesde] = []
    for variante, paso in sorted(pasos, key=lambda x: x[1].desde):
        cuando, actuales[variante] = paso.desde, paso.precio
        menor = min(actuales.values())
        if bajos and bajos[-1].desde == cuando:
            bajos.pop()
        if not bajos or bajos[-1].precio != menor:
            bajos.append(PrecioDesde(menor, cuando))
    return bajos


def hace_dias(dias: int = 30) -> datetime:
    """When the day began, so many days ago, by the program's clock: to show, never to judge."""
    hoy = ahora().astimezone(ZONA).replace(hour=0, minute=0, second=0, microsecond=0)
    return hoy - timedelta(days=dias)


def menor_en(bajos: Sequence[PrecioDesde], desde: datetime) -> Money | None:
    """The lowest that it cost from an instant on."""
    vigentes = [
        p.precio
        for n, p in enumerate(bajos)
        if p.desde >= desde or n == len(bajos) - 1 or bajos[n + 1].desde > desde
    ]
    return min(vigentes, default=None)
