"""At what things alike were awarded here before: help for who writes a reference price, never a price.

Alike: the same unit and the same words (stems, in any order), and the same UNSPSC code where both say one,
since a code holds things as far apart as reagents and gloves. What fell, or was cancelled, is no price. A
unit of no list is like no other: nothing is compared with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from nucleo.dinero import bs
from nucleo.reloj import fecha_bolivia

MINIMO_PARA_SUGERIR = 3
RECIENTES_MAXIMOS = 200
"""Of things alike, the newest: prices of long ago help nobody."""

# Quartiles are prices that were awarded, none between two of them.
_CONSULTA = text(
    """
    SELECT p.lugar, count(a.precio) AS veces, min(a.precio) AS minimo,
           percentile_disc(0.25) WITHIN GROUP (ORDER BY a.precio) AS cuartil_1,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY a.precio) AS mediana,
           percentile_disc(0.75) WITHIN GROUP (ORDER BY a.precio) AS cuartil_3,
           max(a.precio) AS maximo, min(a.decidida_en) AS desde, max(a.decidida_en) AS hasta
    FROM unnest(CAST(:descripciones AS text[]), CAST(:unidades AS text[]), CAST(:codigos AS text[]))
         WITH ORDINALITY AS p (descripcion, unidad, unspsc, lugar)
    LEFT JOIN LATERAL (
        SELECT l.precio_unitario AS precio, d.decidida_en
        FROM feria_item i
        JOIN feria_convocatoria c ON c.id = i.convocatoria_id AND c.estado <> 'cancelado'
        JOIN feria_adjudicacion d ON d.item_id = i.id AND d.resultado = 'adjudicado'
             AND NOT EXISTS (SELECT FROM feria_adjudicacion posterior WHERE posterior.reemplaza_a = d.id)
        JOIN feria_oferta_linea l ON l.id = d.oferta_linea_id
        WHERE i.estado = 'adjudicado' AND i.unidad_medida = p.unidad
              AND feria_palabras(i.descripcion) = feria_palabras(p.descripcion)
              AND feria_palabras(p.descripcion) <> ''
              AND (p.unspsc IS NULL OR i.unspsc IS NULL OR i.unspsc = p.unspsc)
        ORDER BY i.id DESC LIMIT :maximo
    ) a ON true
    GROUP BY p.lugar ORDER BY p.lugar
    """
)


class Buscado(NamedTuple):
    descripcion: str
    unidad_medida: str | None
    unspsc: str | None


@dataclass(frozen=True, slots=True)
class Precios:
    """How prices awarded lie: the least, the three quartiles, the greatest."""

    minimo: Money
    cuartil_1: Money
    mediana: Money
    cuartil_3: Money
    maximo: Money
    desde: date
    hasta: date


@dataclass(frozen=True, slots=True)
class PreciosPasados:
    """Of so few awards that they suggest nothing, only how many there are."""

    veces: int
    precios: Precios | None


def precios_pasados(sesion: Session, buscados: Sequence[Buscado]) -> list[PreciosPasados]:
    """Of each one, in one query."""
    if not buscados:
        return []
    filas = sesion.connection().execute(
        _CONSULTA,
        {
            "descripciones": [b.descripcion for b in buscados],
            "unidades": [b.unidad_medida for b in buscados],
            "codigos": [b.unspsc for b in buscados],
            "maximo": RECIENTES_MAXIMOS,
        },
    )
    return [_de_la_fila(*fila[1:]) for fila in filas]


def _de_la_fila(
    veces: int,
    minimo: Decimal,
    cuartil_1: Decimal,
    mediana: Decimal,
    cuartil_3: Decimal,
    maximo: Decimal,
    desde: datetime,
    hasta: datetime,
) -> PreciosPasados:
    if veces < MINIMO_PARA_SUGERIR:
        return PreciosPasados(veces, None)
    precios = Precios(
        minimo=bs(minimo),
        cuartil_1=bs(cuartil_1),
        mediana=bs(mediana),
        cuartil_3=bs(cuartil_3),
        maximo=bs(maximo),
        desde=fecha_bolivia(desde),
        hasta=fecha_bolivia(hasta),
    )
    return PreciosPasados(veces, precios)
