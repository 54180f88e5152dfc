"""Which words are so common that reading products in order fills a page of them.

What the database has counted for its own plans, kept for minutes:
it tells where to begin, never what answers.
"""

import re
from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session

from nucleo.memoria import Memoria

POCOS = 5_000
"""So many matches are sorted in some milliseconds; of a million products, one in two hundred."""
MUESTRA, SEGUIDOS = 600, 6_000
"""So many products tell whether one in two hundred answers; so many are read for a page, at the most."""
MINUTOS = 5

_COMUNES = text(
    """
    SELECT l.lexema
    FROM pg_class c
    JOIN pg_stats e ON e.schemaname = CAST(CAST(c.relnamespace AS regnamespace) AS text)
        AND e.tablename = c.relname AND e.attname = 'busqueda',
        unnest(CAST(CAST(e.most_common_elems AS text) AS text[]), e.most_common_elem_freqs)
            AS l (lexema, parte)
    WHERE c.oid = CAST('comercio_producto' AS regclass) AND l.lexema IS NOT NULL
        AND l.parte * 200 >= 1 AND l.parte * c.reltuples > :pocos
    """
)
_comunes: Memoria[str, frozenset[str]] = Memoria(segundos=60 * MINUTOS, maximo=1)


def primero_comun(sesion: Session, niveles: Sequence[str], desde: int) -> int | None:
    """The first level, of `desde` on, all of whose words are common."""
    comunes = _comunes.obtener("comunes", lambda: _leer(sesion))
    if not comunes:
        return None
    return next((n for n, nivel in enumerate(niveles) if n >= desde and _pide(nivel) <= comunes), None)


def _leer(sesion: Session) -> frozenset[str]:
    return frozenset(sesion.connection().execute(_COMUNES, {"pocos": POCOS}).scalars())


def _pide(nivel: str) -> set[str]:
    """The lexemes of a level, without those that earlier ones have found."""
    return set(re.findall(r"'([^']+)'", nivel.partition(" & !")[0]))


def olvidar_comunes() -> None:
    """Forget what is kept for minutes (tests)."""
    _comunes.vaciar()
