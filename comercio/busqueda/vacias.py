"""What people look for in the shop and do not find, for who may offer it or teach the search another name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlmodel import Session

from comercio.busqueda.valores import Filtros, Resultado
from nucleo.lectores import para_buscar

DIAS = 30
VECES_MINIMAS = 3
"""What was asked less often may say more of who asked than of the shop."""
_CIFRAS = 5
"""So many figures on end are somebody's number, not the name of a thing."""

_ANOTAR = text(
    """
    INSERT INTO comercio_busqueda_vacia (dia, palabras)
    SELECT (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date, palabras
    FROM (SELECT array_to_string(comercio_palabras(:escrito), ' ') AS palabras) p
    WHERE length(palabras) BETWEEN 2 AND 80 AND palabras !~ ('[0-9]{' || :cifras || '}')
    ON CONFLICT (dia, palabras) DO UPDATE SET veces = comercio_busqueda_vacia.veces + 1
    """
)
_LEER = text(
    """
    SELECT palabras, sum(veces) AS veces, max(dia) AS ultimo FROM comercio_busqueda_vacia
    WHERE dia > (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date - :dias
    GROUP BY palabras HAVING sum(veces) >= :minimas ORDER BY veces DESC, palabras LIMIT :limite
    """
)
_OLVIDAR = text(
    "DELETE FROM comercio_busqueda_vacia"
    " WHERE dia <= (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date - :dias"
)


@dataclass(frozen=True, slots=True)
class Vacia:
    """Words that found nothing, how many times in `DIAS` days, and the last one."""

    palabras: str
    veces: int
    ultimo: date


def anotar_si_vacia(sesion: Session, filtros: Filtros, resultado: Resultado) -> None:
    """Count a search by words alone that found nothing as it was written."""
    solo_palabras = filtros == Filtros(q=filtros.q, orden=filtros.orden)
    if filtros.q and solo_palabras and (resultado.parcial or not resultado.productos):
        sesion.connection().execute(_ANOTAR, {"escrito": para_buscar(filtros.q), "cifras": str(_CIFRAS)})


def vacias(sesion: Session, limite: int = 100) -> list[Vacia]:
    """Most often first."""
    parametros = {"dias": DIAS, "minimas": VECES_MINIMAS, "limite": limite}
    return [Vacia(*fila) for fila in sesion.connection().execute(_LEER, parametros)]


def olvidar(sesion: Session) -> int:
    """Forget what was counted so long ago that nobody reads it: how many."""
    return int(sesion.connection().execute(_OLVIDAR, {"dias": DIAS}).rowcount)
