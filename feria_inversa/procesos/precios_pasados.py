"""At what the same thing was awarded before: help for who writes a reference price, never a price.

It is what the State's market says of it (`feria_mercado_precio`), with its history. A unit of no list is like
no other: nothing is compared with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Row, text
from sqlmodel import Session

from feria_inversa.precios import Dispersion
from nucleo.dinero import bs

_CONSULTA = text(
    """
    SELECT p.precios, p.procesos, p.entidades, p.desde, p.hasta, p.minimo, p.cuartil_1, p.mediana,
        p.cuartil_3, p.maximo
    FROM unnest(CAST(:descripciones AS text[]), CAST(:unidades AS text[]))
         WITH ORDINALITY AS b (descripcion, unidad, lugar)
    LEFT JOIN feria_mercado_precio p ON p.que = 'adjudicado' AND p.precios > 0
         AND p.racimo_id = feria_racimo(feria_lo_que_es(b.descripcion, NULL), b.unidad, NULL, NULL)
    ORDER BY b.lugar
    """
)


class Buscado(NamedTuple):
    descripcion: str
    unidad_medida: str | None


@dataclass(frozen=True, slots=True)
class PreciosPasados:
    """How many prices were awarded; how they lie, unless they are too few or too far apart to say one."""

    veces: int
    precios: Dispersion | None


def precios_pasados(sesion: Session, buscados: Sequence[Buscado]) -> list[PreciosPasados]:
    """Of each one, in one query."""
    if not buscados:
        return []
    filas = sesion.connection().execute(
        _CONSULTA,
        {
            "descripciones": [b.descripcion for b in buscados],
            "unidades": [b.unidad_medida for b in buscados],
        },
    )
    return [_de_la_fila(fila) for fila in filas]


def _de_la_fila(fila: Row[Any]) -> PreciosPasados:
    if fila.precios is None:
        return PreciosPasados(0, None)
    hallados = Dispersion(
        fila.precios,
        fila.procesos,
        fila.entidades,
        fila.desde,
        fila.hasta,
        *map(bs, (fila.minimo, fila.cuartil_1, fila.mediana, fila.cuartil_3, fila.maximo)),
    )
    return PreciosPasados(hallados.precios, hallados if hallados.dice_un_precio else None)
