"""Which stored nodes a root or a proof is made of: arithmetic alone, no hashes and no database.

The database keeps the root of every complete subtree, by `(nivel, indice)`: it covers the leaves from
`indice * 2^nivel` up to the next such multiple. A part of the tree that is not complete is the root over a
few of them. A proof is a list of parts; each part a list of nodes, largest first: at most 2 log2(n) in all.
"""

Nodo = tuple[int, int]
Parte = list[Nodo]


def picos(desde: int, hasta: int) -> Parte:
    """The complete subtrees that cover the leaves [desde, hasta) of a subtree that starts at `desde`."""
    assert 0 <= desde <= hasta
    nodos = []
    while desde < hasta:
        nivel = (hasta - desde).bit_length() - 1
        assert desde % (1 << nivel) == 0, "a subtree starts at a multiple of its size"
        nodos.append((nivel, desde >> nivel))
        desde += 1 << nivel
    return nodos


def _corte(cantidad: int) -> int:
    """The largest power of two smaller than `cantidad`: where RFC 6962 splits a tree."""
    return 1 << (cantidad - 1).bit_length() - 1


def partes_de_inclusion(indice: int, tamano: int) -> list[Parte]:
    """PATH(m, D[n]) of RFC 6962 §2.1.1: the siblings of a leaf, from the bottom up."""
    assert 0 <= indice < tamano
    partes, desde, hasta = [], 0, tamano
    while hasta - desde > 1:
        medio = desde + _corte(hasta - desde)
        if indice < medio:
            partes.append(picos(medio, hasta))
            hasta = medio
        else:
            partes.append(picos(desde, medio))
            desde = medio
    return partes[::-1]


def partes_de_consistencia(menor: int, mayor: int) -> list[Parte]:
    """PROOF(m, D[n]) of RFC 6962 §2.1.2: what shows that the smaller tree is the beginning of the larger."""
    assert 0 <= menor <= mayor
    if menor in (0, mayor):
        return []
    partes, desde, hasta = [], 0, mayor
    while hasta != menor:
        medio = desde + _corte(hasta - desde)
        if menor <= medio:
            partes.append(picos(medio, hasta))
            hasta = medio
        else:
            partes.append(picos(desde, medio))
            desde = medio
    if desde > 0:  # else it is the smaller root itself, which the reader has
        partes.append(picos(desde, hasta))
    return partes[::-1]
