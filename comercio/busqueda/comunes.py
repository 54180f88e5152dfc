"""Which words are so common that reading products in order finds enough of them soon.

What the database has counted for its own plans, kept for minutes:
it tells where to begin, never what answers.
"""

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlmodel import Session

from nucleo.memoria import Memoria

POCOS = 5_000
"""So many matches are sorted in some milliseconds; of a million products, one in `UNO_EN`."""
UNO_EN = 200
MUESTRA, SEGUIDOS = 600, 6_000
"""So many products tell whether one in `UNO_EN` answers; so many are read for a page, at the most."""
ABUNDA = 10
"""One product in so many has a word: a thousand of them are sooner read in order than found by the index of
words, which tells all of them."""
MINUTOS = 5

_COMUNES = text(
    """
    SELECT l.lexema, l.parte
    FROM pg_class c
    JOIN pg_stats e ON e.schemaname = CAST(CAST(c.relnamespace AS regnamespace) AS text)
        AND e.tablename = c.relname AND e.attname = 'busqueda',
        unnest(CAST(CAST(e.most_common_elems AS text) AS text[]), e.most_common_elem_freqs)
            AS l (lexema, parte)
    WHERE c.oid = CAST('comercio_producto' AS regclass) AND l.lexema IS NOT NULL
        AND l.parte * :uno_en >= 1 AND l.parte * c.reltuples > :pocos
    """
)
_comunes: Memoria[str, Mapping[str, float]] = Memoria(segundos=60 * MINUTOS, maximo=1)


def primero_comun(sesion: Session, niveles: Sequence[str], desde: int) -> int | None:
    """The first level, of `desde` on, all of whose words are common."""
    comunes = _de_la_base(sesion)
    if not comunes:
        return None
    return next((n for n, nivel in enumerate(niveles) if n >= desde and _pide(nivel) <= comunes.keys()), None)


def puede_abundar(sesion: Session, consulta: str) -> bool:
    """Whether one product in `ABUNDA` may answer it: as many have each of its words, or one of them where any
    is enough."""
    comunes = _de_la_base(sesion)
    bastan = any if " | " in consulta else all
    return bastan(comunes.get(lexema, 0) * ABUNDA >= 1 for lexema in _pide(consulta))


def _de_la_base(sesion: Session) -> Mapping[str, float]:
    return _comunes.obtener("comunes", lambda: _leer(sesion))


def _leer(sesion: Session) -> Mapping[str, float]:
    """Each with the part of all products that have it."""
    valores = {"pocos": POCOS, "uno_en": UNO_EN}
    return {fila.lexema: fila.parte for fila in sesion.connection().execute(_COMUNES, valores)}


def _pide(nivel: str) -> set[str]:
    """The lexemes of a level, without those that earlier ones have found."""
    return set(re.findall(r"'([^']+)'", nivel.partition(" & !")[0]))


def olvidar_comunes() -> None:
    """Forget what is kept for minutes (tests)."""
    _comunes.vaciar()
