"""RFC 6962 trees against the reference vectors, and every one-bit edit of a proof."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia import merkle

# Of Certificate Transparency's reference implementation (and transparency-dev/merkle): leaves, roots by
# size, and some proofs.
ENTRADAS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
HASHES = [merkle.hash_de_hoja(bytes.fromhex(e)) for e in ENTRADAS]
RAICES = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
_A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
_D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
INCLUSIONES = [
    (0, 1, []),
    (0, 8, [_A, _B, _C]),
    (5, 8, [_D, _E, RAICES[4]]),
    (2, 3, [RAICES[2]]),
    (1, 5, [RAICES[1], _B, _D]),
]
CONSISTENCIAS = [(1, 1, []), (1, 8, [_A, _B, _C]), (6, 8, [_F, _E, RAICES[4]]), (2, 5, [_B, _D])]


def hojas(n: int) -> list[bytes]:
    return [merkle.hash_de_hoja(bytes([i])) for i in range(n)]


def test_vectores_de_referencia() -> None:
    raices = [merkle.raiz_de(HASHES[:n]).hex() for n in range(len(HASHES) + 1)]

    assert raices == RAICES
    assert merkle.RAIZ_VACIA.hex() == RAICES[0]
    assert merkle.hash_de_hoja(b"").hex() == RAICES[1]
    assert merkle.hash_de_hoja(b"L123456").hex() == (
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )
    assert merkle.hash_de_nodo(b"N123", b"N456").hex() == (
        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


@pytest.mark.parametrize(("indice", "tamano", "camino"), INCLUSIONES)
def test_pruebas_de_inclusion_de_referencia(indice: int, tamano: int, camino: list[str]) -> None:
    hermanos = [bytes.fromhex(h) for h in camino]
    assert merkle.camino_de(indice, HASHES[:tamano]) == hermanos
    assert merkle.incluida(HASHES[indice], indice, tamano, hermanos, bytes.fromhex(RAICES[tamano]))


@pytest.mark.parametrize(("menor", "mayor", "prueba"), CONSISTENCIAS)
def test_pruebas_de_consistencia_de_referencia(menor: int, mayor: int, prueba: list[str]) -> None:
    raices = [bytes.fromhex(RAICES[n]) for n in (menor, mayor)]
    assert merkle.consistente(menor, mayor, *raices, [bytes.fromhex(h) for h in prueba])


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
