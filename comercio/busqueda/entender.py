"""What somebody meant: the words of a search, their stems and other names, and what a mistyped one was."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA
from sqlalchemy import text
from sqlmodel import Session

from nucleo.bd import en_una
from nucleo.lectores import para_buscar
from nucleo.memoria import Memoria

PALABRAS_MAXIMAS = 8
# As `comercio_es_vacia` has them.
_VACIAS = """
a al con cual de del e el en es la las lo los ni o para pero por que se sin sobre su sus u un una unas unos y
"""
VACIAS = frozenset(_VACIAS.split())
MINUTOS = 5


@dataclass(frozen=True, slots=True)
class Termino:
    """A word of a search: as it is written, its stem, and the stems of what else it may be called.

    `conocida`: some published title has it. For the others, `suena_igual` and `empiezan`
    are words of titles.
    """

    palabra: str
    raiz: str
    conocida: bool = True
    otros: tuple[tuple[str, ...], ...] = ()
    suena_igual: tuple[str, ...] = ()
    empiezan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sinonimos:
    """What is said → the words and the stems of what it may mean."""

    por_dicho: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    por_raiz: dict[str, str]
    por_sonido: dict[str, str]

    def de(self, palabra: str, raiz: str) -> tuple[tuple[str, ...], ...]:
        """Of a word, or of another form of it: «zapatos»."""
        dicho = palabra if palabra in self.por_dicho else self.por_raiz.get(raiz, "")
        return tuple(raices for _palabras, raices in self.por_dicho.get(dicho, ()))

    def de_sonido(self, sonido: str) -> tuple[tuple[str, ...], ...]:
        return self.de(self.por_sonido.get(sonido, ""), "")

    def frase_en(self, palabras: Sequence[str]) -> str | None:
        """The search with its first known phrase of several words said otherwise."""
        for largo in range(min(4, len(palabras)), 1, -1):
            for desde in range(len(palabras) - largo + 1):
                if equivale := self.por_dicho.get(" ".join(palabras[desde : desde + largo])):
                    return " ".join([*palabras[:desde], equivale[0][0], *palabras[desde + largo :]])
        return None


_ESCRITAS = text(
    """
    SELECT palabra, comercio_raiz(palabra), comercio_sonido(palabra), conocida,
        CASE WHEN conocida THEN '{}' ELSE ARRAY (
            SELECT v.palabra FROM comercio_vocablo v WHERE v.sonido = comercio_sonido(t.palabra)
            ORDER BY v.palabra LIMIT 5) END,
        CASE WHEN conocida OR n < ultima OR length(palabra) < 3 THEN '{}' ELSE ARRAY (
            SELECT v.palabra FROM comercio_vocablo v
            WHERE v.palabra LIKE t.palabra || '%' OR v.sonido LIKE comercio_sonido(t.palabra) || '%'
            ORDER BY length(v.palabra), v.palabra LIMIT 10) END,
        comercio_es_vacia(palabra)
    FROM (
        SELECT p.palabra, p.n, max(p.n) OVER () AS ultima,
            EXISTS (SELECT 1 FROM comercio_vocablo v WHERE v.raiz = comercio_raiz(p.palabra)) AS conocida
        FROM unnest(comercio_palabras(:escrito)) WITH ORDINALITY AS p (palabra, n)
    ) AS t ORDER BY n LIMIT 12
    """
)
_SINONIMOS = text(
    """
    SELECT dicho, equivale, comercio_raiz(dicho), sonido, ARRAY (
        SELECT comercio_raiz(p) FROM unnest(comercio_palabras(equivale)) AS p WHERE NOT comercio_es_vacia(p))
    FROM comercio_sinonimo ORDER BY dicho, equivale
    """
)
_CERCANAS = text(
    """
    SELECT w.palabra, array_agg(v.palabra ORDER BY v.distancia, v.palabra)
    FROM unnest(CAST(:palabras AS text[])) AS w (palabra)
    CROSS JOIN LATERAL (
        SELECT palabra, palabra <-> w.palabra AS distancia FROM comercio_vocablo
        WHERE palabra % w.palabra ORDER BY distancia, palabra LIMIT 10) AS v
    GROUP BY w.palabra
    """
)
_sinonimos: Memoria[str, Sinonimos] = Memoria(segundos=60 * MINUTOS, maximo=1)


def sinonimos(sesion: Session) -> Sinonimos:
    return _sinonimos.obtener("sinonimos", lambda: _leer_sinonimos(sesion))


def _leer_sinonimos(sesion: Session) -> Sinonimos:
    por_dicho: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    por_raiz: dict[str, str] = {}
    por_sonido: dict[str, str] = {}
    for dicho, equivale, raiz, sonido, raices in sesion.connection().execute(_SINONIMOS):
        por_dicho[dicho] = (*por_dicho.get(dicho, ()), (equivale, tuple(raices)))
        por_raiz.setdefault(raiz, dicho)
        por_sonido.setdefault(sonido, dicho)
    return Sinonimos(por_dicho, por_raiz, por_sonido)


def separar(q: str) -> list[str]:
    """The first words that say something of what is being typed, folded as the database does: no query."""
    plano = unicodedata.normalize("NFKD", q.lower())
    plano = "".join(c for c in plano if not unicodedata.combining(c) and c not in "'’‘ʼ`´")
    *enteras, ultima = re.findall(r"[a-z0-9]+", plano) or [""]
    return [p for p in (*(e for e in enteras if e not in VACIAS), ultima) if p][:PALABRAS_MAXIMAS]


_RAICES = text(
    "SELECT DISTINCT comercio_raiz(p) FROM unnest(comercio_palabras(:escrito)) AS p"
    " WHERE NOT comercio_es_vacia(p)"
)


def raices_de(sesion: Session, escrito: str) -> set[str]:
    """The stems of the words that say something."""
    return set(sesion.connection().execute(_RAICES, {"escrito": escrito}).scalars())


def leer(sesion: Session, escrito: str) -> tuple[list[Termino], list[str]]:
    """The words that say something, the first few, and all words as they were written; one query."""
    dichos = sinonimos(sesion)
    terminos: list[Termino] = []
    vacios: list[Termino] = []
    palabras: list[str] = []
    for palabra, raiz, sonido, conocida, iguales, empiezan, vacia in sesion.connection().execute(
        _ESCRITAS, {"escrito": para_buscar(escrito)}
    ):
        palabras.append(palabra)
        if palabra in palabras[:-1]:
            continue
        otros = dichos.de(palabra, raiz)
        if not conocida and not otros:
            otros = dichos.de_sonido(sonido)
        termino = Termino(palabra, raiz, conocida, otros, tuple(iguales), tuple(empiezan))
        (vacios if vacia else terminos).append(termino)
    return (terminos or vacios)[:PALABRAS_MAXIMAS], palabras


def completar(sesion: Session, terminos: list[Termino]) -> list[Termino]:
    """The last word, still being typed, may be any that begins so."""
    *primeros, ultimo = terminos
    if ultimo.conocida or not ultimo.empiezan:
        return terminos
    raices = sesion.connection().execute(
        text("SELECT DISTINCT comercio_raiz(p) FROM unnest(CAST(:palabras AS text[])) AS p"),
        {"palabras": list(ultimo.empiezan)},
    )
    return [*primeros, replace(ultimo, otros=(*ultimo.otros, *((raiz,) for raiz in raices.scalars())))]


def corregir(sesion: Session, terminos: list[Termino]) -> str | None:
    """The search with each word that nobody uses as the nearest one of a title; None when none is near.

    What sounds the same comes first; then one typing error from 5 letters on, two from 9.
    """
    perdidos = [t.palabra for t in terminos if _perdido(t)]
    if not perdidos:
        return None
    lejanos = [t.palabra for t in terminos if _perdido(t) and not t.suena_igual]
    cercanas: dict[str, list[str]] = {}
    if lejanos:
        with en_una(sesion) as conexion:
            conexion.execute(text("SELECT set_config('pg_trgm.similarity_threshold', '0.2', true)"))
            cercanas = {fila[0]: fila[1] for fila in conexion.execute(_CERCANAS, {"palabras": lejanos})}
    corregidas = []
    for t in terminos:
        if not _perdido(t):
            corregidas.append(t.palabra)
        elif t.suena_igual:
            corregidas.append(t.suena_igual[0])
        else:
            corregidas.append(_mas_cercana(t.palabra, cercanas.get(t.palabra, [])))
    return " ".join(corregidas) if corregidas != [t.palabra for t in terminos] else None


def _perdido(termino: Termino) -> bool:
    return not termino.conocida and not termino.otros


def _mas_cercana(palabra: str, candidatas: list[str]) -> str:
    tope = 2 if len(palabra) >= 9 else 1 if len(palabra) >= 5 else 0
    distancias = [(OSA.distance(palabra, c), n, c) for n, c in enumerate(candidatas)]
    mejor = min(distancias, default=None)
    return mejor[2] if mejor and mejor[0] <= tope else palabra


def olvidar_sinonimos() -> None:
    """Forget what is kept for minutes (tests)."""
    _sinonimos.vaciar()
