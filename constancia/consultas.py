"""Reads of the log: heads, keys, leaves, and the few nodes that a root or a proof is made of."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from constancia.arbol import Parte, picos
from constancia.errores import CabezaInexistente, HojaInexistente
from constancia.merkle import raiz_de_picos
from constancia.modelos import Cabeza, Clave, Hoja
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _

_NODOS = text(
    """
    SELECT n.nivel, n.indice, n.hash
    FROM unnest(CAST(:niveles AS smallint[]), CAST(:indices AS bigint[])) AS p (nivel, indice)
    JOIN constancia_nodo n ON n.nivel = p.nivel AND n.indice = p.indice
    """
)


def hashes_de_partes(sesion: Session, partes: Sequence[Parte]) -> list[bytes]:
    """The hash of each part of the tree: one query, as many rows as nodes."""
    pedidos = [nodo for parte in partes for nodo in parte]
    if not pedidos:
        return []
    datos = {"niveles": [n for n, _i in pedidos], "indices": [i for _n, i in pedidos]}
    filas = sesion.connection().execute(_NODOS, datos)
    hashes = {(nivel, indice): bytes(hash_) for nivel, indice, hash_ in filas}
    return [raiz_de_picos([hashes[nodo] for nodo in parte]) for parte in partes]


def raiz_en(sesion: Session, tamano: int) -> bytes:
    """The root of the tree when it had that many leaves, at least one."""
    (raiz,) = hashes_de_partes(sesion, [picos(0, tamano)])
    return raiz


def hoja_por_hash(sesion: Session, hash_: bytes) -> Hoja:
    """Raises `HojaInexistente`."""
    hoja = sesion.get(Hoja, hash_)
    if hoja is None:
        raise HojaInexistente(_("Nadie anotó una hoja con ese hash: revise que sea el del texto completo."))
    return hoja


def hojas_por_hash(sesion: Session, hashes: Sequence[bytes]) -> list[Hoja]:
    """Those leaves, in that order. Raises `HojaInexistente` if one is none."""
    halladas = {h.hash: h for h in sesion.exec(select(Hoja).where(col(Hoja.hash).in_(hashes)))}
    if len(halladas) != len(set(hashes)):
        raise HojaInexistente(_("Nadie anotó una hoja con ese hash: revise que sea el del texto completo."))
    return [halladas[hash_] for hash_ in hashes]


def en_el_arbol(sesion: Session, hashes: Iterable[bytes]) -> set[bytes]:
    """Those of these leaves that have their place, and so a proof."""
    consulta = select(Hoja.hash).where(col(Hoja.hash).in_(set(hashes)), col(Hoja.indice).is_not(None))
    return set(sesion.exec(consulta))


def hojas_desde(sesion: Session, desde: int, limite: int) -> Sequence[Hoja]:
    """The leaves of the tree from that index on, in order."""
    consulta = select(Hoja).where(col(Hoja.indice) >= desde).order_by(col(Hoja.indice)).limit(limite)
    return sesion.exec(consulta).all()


def hashes_que_faltan(sesion: Session, hashes: Iterable[bytes]) -> set[bytes]:
    """Those of the given leaves that nobody noted, integrated or not."""
    pedidos = set(hashes)
    return pedidos - set(sesion.exec(select(col(Hoja.hash)).where(col(Hoja.hash).in_(pedidos))).all())


def hojas_de_mas(
    sesion: Session, tipo: str, hashes: Iterable[bytes], objetos: Collection[str] | None = None
) -> list[str]:
    """What the leaves of that kind say (about those `objetos`, or all) that are none of the given.

    Whoever has the application's password may note anything: that a fact is in the log does not make it one.
    """
    ciertas = set(hashes)
    consulta = select(Hoja.hash, Hoja.objeto, Hoja.contenido).where(col(Hoja.tipo) == tipo)
    if objetos is not None:
        consulta = consulta.where(col(Hoja.objeto).in_(objetos))
    filas = sesion.exec(consulta.execution_options(yield_per=5_000))
    return [f"{objeto}|{contenido}" for hash_, objeto, contenido in filas if hash_ not in ciertas]


def objetos_con_hojas(sesion: Session, tipo: str) -> set[str]:
    """What the leaves of a kind are about."""
    return set(sesion.exec(select(Hoja.objeto).where(col(Hoja.tipo) == tipo).distinct()))


def ultima_cabeza(sesion: Session) -> Cabeza | None:
    return sesion.exec(select(Cabeza).order_by(col(Cabeza.tamano).desc()).limit(1)).first()


def cabeza_de(sesion: Session, tamano: int) -> Cabeza:
    """Raises `CabezaInexistente`."""
    cabeza = sesion.get(Cabeza, tamano)
    if cabeza is None:
        raise CabezaInexistente(_("Elija un tamaño de la lista de cabezas publicadas."))
    return cabeza


def hay_cabeza(sesion: Session, tamano: int) -> bool:
    return sesion.get(Cabeza, tamano) is not None


def ultimas_dos(sesion: Session) -> tuple[int, int] | None:
    """The sizes of the last two heads, smaller first; the same one twice while there is only one."""
    consulta = select(Cabeza.tamano).order_by(col(Cabeza.tamano).desc()).limit(2)
    tamanos = sesion.exec(consulta).all()
    return (tamanos[-1], tamanos[0]) if tamanos else None


def cabeza_anterior(sesion: Session, tamano: int) -> Cabeza | None:
    """The head before that of this size."""
    consulta = select(Cabeza).where(col(Cabeza.tamano) < tamano).order_by(col(Cabeza.tamano).desc()).limit(1)
    return sesion.exec(consulta).first()


def en_espera(sesion: Session) -> int:
    """How many leaves have no place yet."""
    return sesion.exec(select(func.count()).select_from(Hoja).where(col(Hoja.indice).is_(None))).one()


def cabezas(sesion: Session, pagina: CursorPedido) -> tuple[list[Cabeza], str | None]:
    """The heads, newest first."""
    return paginar(sesion, select(Cabeza), pagina, columnas=[Cabeza.tamano])


def claves(sesion: Session) -> Sequence[Clave]:
    """Every public key that signed heads, newest first."""
    return sesion.exec(select(Clave).order_by(col(Clave.creada_en).desc(), col(Clave.id))).all()
