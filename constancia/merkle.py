"""Merkle trees as RFC 6962 §2.1 defines them (and RFC 9162 §2.1 repeats): hashes, roots, proofs, checks.

A leaf hashes as SHA-256(0x00 || bytes), a node as SHA-256(0x01 || left || right), the empty tree as SHA-256
of nothing. A tree of n > 1 leaves splits at the largest power of two smaller than n. Therefore the hashes of
aligned subtrees of 2^k leaves (the last one may be smaller) are themselves the leaves of the upper part of
the same tree, which is what `raiz_de` and `camino_de` take: hashes, of leaves or of such subtrees.
"""

import hashlib
from collections.abc import Iterable, Sequence

RAIZ_VACIA = hashlib.sha256(b"").digest()
_LARGO = 32


def hash_de_hoja(datos: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + datos).digest()


def hash_de_nodo(izquierda: bytes, derecha: bytes) -> bytes:
    """The hash of the node above two others."""
    return hashlib.sha256(b"\x01" + izquierda + derecha).digest()


class Acumulador:
    """The root of a list that arrives one hash at a time, in memory for log2(n) hashes."""

    def __init__(self) -> None:
        self.cantidad = 0
        self._picos: list[bytes] = []  # roots of the perfect subtrees so far, largest first

    def agregar(self, hash_: bytes) -> None:
        assert len(hash_) == _LARGO
        self._picos.append(hash_)
        self.cantidad += 1
        n = self.cantidad
        while n % 2 == 0:
            derecha = self._picos.pop()
            self._picos.append(hash_de_nodo(self._picos.pop(), derecha))
            n //= 2

    def raiz(self) -> bytes:
        """The root of what was added so far."""
        return raiz_de_picos(self._picos)


def raiz_de_picos(picos: Sequence[bytes]) -> bytes:
    """The root above the perfect subtrees of a tree, largest first."""
    if not picos:
        return RAIZ_VACIA
    hash_ = picos[-1]
    for pico in reversed(picos[:-1]):
        hash_ = hash_de_nodo(pico, hash_)
    return hash_


def raiz_de(hashes: Iterable[bytes]) -> bytes:
    """The root over these hashes, in order."""
    acumulador = Acumulador()
    for hash_ in hashes:
        acumulador.agregar(hash_)
    return acumulador.raiz()


def camino_de(indice: int, hashes: Sequence[bytes]) -> list[bytes]:
    """The inclusion proof of the hash at `indice`: its siblings, from the bottom up. One pass, O(n)."""
    assert 0 <= indice < len(hashes)
    nivel = list(hashes)
    hermanos: list[bytes] = []
    while len(nivel) > 1:
        # The last of an odd level has no sibling there: it goes up as it is.
        if (hermano := indice ^ 1) < len(nivel):
            hermanos.append(nivel[hermano])
        parejas = [hash_de_nodo(nivel[i], nivel[i + 1]) for i in range(0, len(nivel) - 1, 2)]
        nivel = parejas + nivel[len(nivel) & ~1 :]
        indice //= 2
    return hermanos


def raiz_por_camino(hash_: bytes, indice: int, tamano: int, hermanos: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to (RFC 9162 §2.1.3.2); None if its length does not fit the tree."""
    if not 0 <= indice < tamano:
        return None
    ultimo = tamano - 1
    for hermano in hermanos:
        if ultimo == 0 or len(hermano) != _LARGO:
            return None
        if indice % 2 == 1 or indice == ultimo:
            hash_ = hash_de_nodo(hermano, hash_)
            while indice % 2 == 0 and indice != 0:
                indice //= 2
                ultimo //= 2
        else:
            hash_ = hash_de_nodo(hash_, hermano)
        indice //= 2
        ultimo //= 2
    return hash_ if ultimo == 0 else None


def incluida(hash_: bytes, indice: int, tamano: int, hermanos: Sequence[bytes], raiz: bytes) -> bool:
    """Whether the proof shows that `hash_` is leaf number `indice` of the tree with this size and root."""
    return raiz_por_camino(hash_, indice, tamano, hermanos) == raiz


def consistente(
    menor: int, mayor: int, raiz_menor: bytes, raiz_mayor: bytes, prueba: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the tree of `mayor` leaves begins with the one of `menor` (§2.1.4.2)."""
    if not 0 < menor <= mayor or any(len(h) != _LARGO for h in prueba):
        return False  # of an empty tree nothing can be shown: every other begins with it
    if menor == mayor:
        return not prueba and raiz_menor == raiz_mayor
    # A complete first tree is itself the node that the proof starts from.
    camino = [raiz_menor, *prueba] if menor & (menor - 1) == 0 else list(prueba)
    if not camino:
        return False
    f, s = menor - 1, mayor - 1
    while f % 2 == 1:
        f //= 2
        s //= 2
    hash_f = hash_s = camino[0]
    for hash_ in camino[1:]:
        if s == 0:
            return False
        if f % 2 == 1 or f == s:
            hash_f, hash_s = hash_de_nodo(hash_, hash_f), hash_de_nodo(hash_, hash_s)
            while f % 2 == 0 and f != 0:
                f //= 2
                s //= 2
        else:
            hash_s = hash_de_nodo(hash_s, hash_)
        f //= 2
        s //= 2
    return s == 0 and hash_f == raiz_menor and hash_s == raiz_mayor
