"""In which order products answer a search: levels, each a query that an index answers, the best first.

Lexemes are those of `comercio_documento`: `^` the first word of the title, `=` its words, `+` their stems,
plain the stems of all that is said of the product.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from comercio.busqueda.entender import Termino


@dataclass(frozen=True, slots=True)
class Niveles:
    """`todos` answers the whole search; each of `niveles` a part of it, none twice."""

    todos: str
    niveles: tuple[str, ...]


def de_todas(terminos: Sequence[Termino]) -> Niveles:
    """Every word: as written in the title, the first opening it; their forms and other names; anywhere."""
    primero, resto = terminos[0], terminos[1:]
    escritas = [f"'={t.palabra}'" for t in terminos]
    titulo = [_con("+", t) for t in terminos]
    cuerpo = [_con("", t) for t in terminos]
    niveles = [
        _y([f"'^{primero.palabra}'", *escritas[1:]]),
        _y(escritas),
        _y([_abre(primero), *titulo[1:]]),
        _y(titulo),
    ]
    if resto:
        niveles += [_y([_abre(primero), *cuerpo[1:]]), _y([titulo[0], *cuerpo[1:]])]
    return _sin_repetir([*niveles, _y(cuerpo)])


def de_algunas(terminos: Sequence[Termino]) -> Niveles:
    """Any word, for when no product has all: the first one tells what it is, the others which. Of two words,
    none has one and the other.
    """
    primero, resto = terminos[0], terminos[1:]
    del_resto = _o([_con("+", t) for t in resto])
    cualquiera = _o([_con("", t) for t in terminos])
    niveles = [_abre(primero), _con("+", primero), del_resto]
    if len(resto) > 1:
        niveles.insert(0, _y([_con("+", primero), _o([_con("", t) for t in resto])]))
    return _sin_repetir([*niveles, cualquiera])


def de_comienzo(palabras: Sequence[str]) -> Niveles:
    """Titles for what has been typed so far: the last word may go on."""
    *enteras, ultima = palabras
    previas = [f"'={p}'" for p in enteras]
    abre = [
        f"'^{palabras[0]}'" if enteras else f"'^{ultima}':*",
        *previas[1:],
        *([f"'={ultima}':*"] if enteras else []),
    ]
    return _sin_repetir([_y(abre), _y([*previas, f"'={ultima}':*"])])


def _con(clase: str, termino: Termino) -> str:
    """The word in that class of lexemes, or any of its other names."""
    nombres = [(termino.raiz,), *termino.otros]
    return _o([_y([f"'{clase}{raiz}'" for raiz in raices]) for raices in nombres])


def _abre(termino: Termino) -> str:
    nombres = [(termino.raiz,), *termino.otros]
    return _o([_y([f"'^+{raices[0]}'", *(f"'+{raiz}'" for raiz in raices[1:])]) for raices in nombres])


def _y(partes: Sequence[str]) -> str:
    return partes[0] if len(partes) == 1 else " & ".join(f"({p})" for p in partes)


def _o(partes: Sequence[str]) -> str:
    return partes[0] if len(partes) == 1 else " | ".join(f"({p})" for p in partes)


def _sin_repetir(niveles: Sequence[str]) -> Niveles:
    """Each level without what the earlier ones have found; the last is the whole."""
    distintos = list(dict.fromkeys(niveles))
    propios = [
        " & ".join([f"({nivel})", *(f"!({previo})" for previo in distintos[:n])])
        for n, nivel in enumerate(distintos)
    ]
    return Niveles(distintos[-1], tuple(propios))
