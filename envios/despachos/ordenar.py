"""The order of a round: by place; where points are known, the nearest each time; else by the words for it."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

Punto = tuple[float, float]
"""Latitude and longitude, in degrees."""


@dataclass(frozen=True, slots=True)
class Lugar:
    """Where an item goes: its municipality, how one gets there in words, its point where it is known."""

    envio_id: UUID
    municipio: str
    referencia: str
    punto: Punto | None = None


def en_orden(lugares: Sequence[Lugar], municipio: str = "", desde: Punto | None = None) -> list[UUID]:
    """The items in the order in which they are visited, from an agency in `municipio`, at `desde`.

    Its own municipality first, the others by name. In each one, the nearest each time among those whose point
    is known; after them the others by their words. Equal ones by id: the same items, the same order.
    """
    visita: list[UUID] = []
    aqui = desde
    por_municipio = sorted(lugares, key=lambda x: (x.municipio != municipio, _llano(x.municipio), x.envio_id))
    for _nombre, grupo in groupby(por_municipio, key=lambda x: x.municipio):
        suyos = list(grupo)
        con_punto = [x for x in suyos if x.punto is not None]
        while con_punto:
            otro = min(con_punto, key=lambda x: (_distancia(aqui, x.punto), x.envio_id))
            con_punto.remove(otro)
            visita.append(otro.envio_id)
            aqui = otro.punto
        por_palabras = sorted(
            (x for x in suyos if x.punto is None), key=lambda x: (_llano(x.referencia), x.envio_id)
        )
        visita += [x.envio_id for x in por_palabras]
    assert len(visita) == len(lugares)
    return visita


def _llano(texto: str) -> str:
    """Without accents nor capitals, as people sort."""
    partido = unicodedata.normalize("NFKD", texto.casefold())
    return "".join(c for c in partido if not unicodedata.combining(c))


def _distancia(a: Punto | None, b: Punto | None) -> float:
    """Near enough to tell which is nearer within a municipality: the earth is flat there."""
    if a is None or b is None:
        return 0.0
    ancho = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(a[0] - b[0], ancho)
