"""Which nodes a proof is made of, against RFC 6962's definition; proofs of consistency, their edits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia import merkle
from constancia.arbol import Parte, partes_de_consistencia, partes_de_inclusion, picos

TODAS = [merkle.hash_de_hoja(bytes([i])) for i in range(70)]


def valores(partes: list[Parte]) -> list[bytes]:
    """The hash of each part, from the leaves themselves."""

    def nodo(nivel: int, indice: int) -> bytes:
        hojas = TODAS[indice << nivel : (indice + 1) << nivel]
        assert len(hojas) == 1 << nivel, "only complete subtrees are stored"
        return merkle.raiz_de(hojas)

    return [merkle.raiz_de_picos([nodo(*n) for n in parte]) for parte in partes]


def prueba(m: int, hojas: list[bytes], completo: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b), word for word."""
    n = len(hojas)
    if m == n:
        return [] if completo else [merkle.raiz_de(hojas)]
    k = 1
    while k * 2 < n:
        k *= 2
    if m <= k:
        return [*prueba(m, hojas[:k], completo), merkle.raiz_de(hojas[k:])]
    return [*prueba(m - k, hojas[k:], False), merkle.raiz_de(hojas[:k])]


def test_la_raiz_de_cada_tamano_sale_de_sus_picos() -> None:
    for n in range(1, 71):
        assert valores([picos(0, n)]) == [merkle.raiz_de(TODAS[:n])]
    assert picos(0, 0) == []
    assert picos(0, 7) == [(2, 0), (1, 2), (0, 6)]
    assert picos(4, 7) == [(1, 2), (0, 6)]


def test_la_prueba_de_inclusion_es_la_del_estandar() -> None:
    for n in range(1, 71):
        for i in range(n):
            assert valores(partes_de_inclusion(i, n)) == merkle.camino_de(i, TODAS[:n])


def test_la_prueba_de_consistencia_es_la_del_estandar_y_se_comprueba() -> None:
    raices = [merkle.raiz_de(TODAS[:n]) for n in range(71)]
    for n in range(1, 71):
        for m in range(1, n + 1):
            dada = valores(partes_de_consistencia(m, n))
            assert dada == prueba(m, TODAS[:n])
            assert merkle.consistente(m, n, raices[m], raices[n], dada)
    assert not merkle.consistente(0, 7, raices[0], raices[7], [])
    assert not merkle.consistente(0, 7, raices[1], raices[7], [])
    assert not merkle.consistente(3, 7, raices[3], raices[7], [])
    assert not merkle.consistente(4, 7, raices[4], raices[7], [])
    assert not merkle.consistente(7, 6, raices[7], raices[6], [])
    assert not merkle.consistente(-1, 6, raices[1], raices[6], [])


@pytest.mark.parametrize(("i", "n"), [(0, 1), (99_999, 100_000), (123_456_789, 10**9), (10**9 - 1, 10**9)])
def test_una_prueba_de_un_arbol_enorme_son_pocos_nodos(i: int, n: int) -> None:
    inclusion = [nodo for parte in partes_de_inclusion(i, n) for nodo in parte]
    consistencia = [nodo for parte in partes_de_consistencia(i + 1, n) for nodo in parte]
    assert len(inclusion) <= 2 * n.bit_length()
    assert len(consistencia) <= 2 * n.bit_length()
    assert len(set(inclusion)) == len(inclusion)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_ningun_cambio_de_un_bit_pasa_por_consistencia(datos: st.DataObject) -> None:
    n = datos.draw(st.integers(2, 60))
    m = datos.draw(st.integers(1, n))
    dada = valores(partes_de_consistencia(m, n))
    hashes = [merkle.raiz_de(TODAS[:m]), merkle.raiz_de(TODAS[:n]), *dada]
    for cual in range(len(hashes)):
        bit = datos.draw(st.integers(0, 255))
        otros = list(hashes)
        otros[cual] = (int.from_bytes(hashes[cual], "big") ^ 1 << bit).to_bytes(32, "big")
        assert not merkle.consistente(m, n, otros[0], otros[1], otros[2:])
    if m < n:
        assert not merkle.consistente(m, n, *hashes[:2], [*dada, dada[-1]])
        assert not merkle.consistente(m, n, *hashes[:2], dada[:-1])
        assert not merkle.consistente(m, n, *hashes[:2], [*dada[:-1], dada[-1][:-1]])
