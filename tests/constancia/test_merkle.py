"""RFC 6962 trees against the reference vectors, and every one-bit edit of a proof."""

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia import merkle

ARCHIVO = Path(os.environ.get("QHATU_DATOS_EXTERNOS", "/")) / "registro" / "rfc6962_roots.json"


def hojas(n: int) -> list[bytes]:
    return [merkle.hash_de_hoja(bytes([i])) for i in range(n)]


@pytest.mark.skipif(not ARCHIVO.exists(), reason="sin los vectores de referencia")
def test_vectores_de_referencia() -> None:
    vectores = json.loads(ARCHIVO.read_text("utf-8"))
    hashes = [merkle.hash_de_hoja(bytes.fromhex(h)) for h in vectores["leaf_inputs_hex"]]

    raices = [merkle.raiz_de(hashes[:n]).hex() for n in range(len(hashes) + 1)]

    assert raices == vectores["root_by_size_hex"]
    assert merkle.RAIZ_VACIA.hex() == vectores["hasher"]["empty_root"]
    assert merkle.hash_de_hoja(b"").hex() == vectores["hasher"]["leaf_of_empty"]
    assert merkle.hash_de_hoja(b"L123456").hex() == vectores["hasher"]["leaf_of_ascii_L123456"]
    assert merkle.hash_de_nodo(b"N123", b"N456").hex() == vectores["hasher"]["node_of_ascii_N123_N456"]


def test_cada_hoja_de_cada_arbol_tiene_su_prueba_y_solo_en_su_lugar() -> None:
    for n in range(1, 36):
        todas = hojas(n)
        raiz = merkle.raiz_de(todas)
        for i in range(n):
            camino = merkle.camino_de(i, todas)
            lugares = [j for j in range(n) if merkle.incluida(todas[i], j, n, camino, raiz)]
            assert lugares == [i]


def test_los_subarboles_alineados_son_hojas_de_la_parte_alta() -> None:
    for n in range(1, 70):
        todas = hojas(n)
        for lado in (1, 2, 4, 8):
            bloques = [todas[i : i + lado] for i in range(0, n, lado)]
            raices = [merkle.raiz_de(b) for b in bloques]
            assert merkle.raiz_de(raices) == merkle.raiz_de(todas)
            for i in range(n):
                partes = merkle.camino_de(i % lado, bloques[i // lado]) + merkle.camino_de(i // lado, raices)
                assert partes == merkle.camino_de(i, todas)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 40), st.data())
def test_un_bit_distinto_no_pasa(n: int, datos: st.DataObject) -> None:
    todas = hojas(n)
    i = datos.draw(st.integers(0, n - 1))
    camino, raiz = merkle.camino_de(i, todas), merkle.raiz_de(todas)
    for parte in range(len(camino)):
        bit = datos.draw(st.integers(0, 255))
        otro = bytearray(camino[parte])
        otro[bit // 8] ^= 1 << bit % 8
        cambiado = [*camino[:parte], bytes(otro), *camino[parte + 1 :]]
        assert not merkle.incluida(todas[i], i, n, cambiado, raiz)
    assert not merkle.incluida(merkle.hash_de_hoja(b"otra"), i, n, camino, raiz)


def test_una_prueba_mas_corta_o_mas_larga_no_pasa() -> None:
    todas = hojas(7)
    camino, raiz = merkle.camino_de(6, todas), merkle.raiz_de(todas)
    assert merkle.raiz_por_camino(todas[6], 6, 7, camino) == raiz
    assert merkle.raiz_por_camino(todas[6], 6, 7, camino[:-1]) is None
    assert merkle.raiz_por_camino(todas[6], 6, 7, [*camino, camino[0]]) is None
    assert merkle.raiz_por_camino(todas[6], 7, 7, camino) is None
    assert merkle.raiz_por_camino(todas[6], -1, 7, camino) is None
    assert merkle.raiz_por_camino(todas[6], 6, 7, [b"corto", *camino[1:]]) is None


def test_el_acumulador_da_la_raiz_de_cada_momento() -> None:
    acumulador = merkle.Acumulador()
    raices = [acumulador.raiz()]
    for hash_ in hojas(20):
        acumulador.agregar(hash_)
        raices.append(acumulador.raiz())
    assert raices == [merkle.raiz_de(hojas(n)) for n in range(21)]
    assert all(a != b for a, b in pairwise(raices))
