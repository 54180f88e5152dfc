"""The bars say what they should: read back by a decoder written from the standard, not by the encoder."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envios.codigo128 import PARADA, PATRONES, modulos, svg, valores


def leer(barras: str) -> str:
    """Decode widths into text."""
    assert barras.endswith(PARADA)
    cuerpo = barras.removesuffix(PARADA)
    simbolos = [PATRONES.index(cuerpo[i : i + 6]) for i in range(0, len(cuerpo), 6)]
    inicio, *datos, control = simbolos
    assert (inicio + sum(i * v for i, v in enumerate(datos, 1))) % 103 == control
    en_c = {104: False, 105: True}[inicio]
    texto = ""
    for valor in datos:
        if en_c and valor == 100:
            en_c = False
        elif not en_c and valor == 99:
            en_c = True
        else:
            texto += f"{valor:02d}" if en_c else chr(valor + 32)
    return texto


def test_la_tabla_cumple_las_reglas_del_estandar() -> None:
    assert len(PATRONES) == len(set(PATRONES)) == 106
    for patron in PATRONES:
        anchos = [int(c) for c in patron]
        assert sum(anchos) == 11
        assert sum(anchos[::2]) % 2 == 0  # bars are an even number of modules
    assert sum(int(c) for c in PARADA) == 13


def test_numero_s10_en_pocos_simbolos() -> None:
    # Start B, R, R, to C, 47 31 24 82, to B, 9, B, O, check: exact values.
    assert valores("RR473124829BO") == [104, 50, 50, 99, 47, 31, 24, 82, 100, 25, 34, 47, 95]
    assert leer(modulos("RR473124829BO")) == "RR473124829BO"


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
def test_ida_y_vuelta(texto: str) -> None:
    assert leer(modulos(texto)) == texto


@given(st.from_regex(r"[A-Z]{0,2}[0-9]{1,12}[A-Z]{0,2}", fullmatch=True))
def test_ida_y_vuelta_con_digitos(texto: str) -> None:
    assert leer(modulos(texto)) == texto


@pytest.mark.parametrize("texto", ["", "año", "a\nb", "\x7f"])
def test_rechaza_lo_que_no_puede_escribir(texto: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        valores(texto)


def test_svg_con_zona_quieta_y_sin_estilos() -> None:
    dibujo = str(svg("PQ000001005BO", alto=40))
    ancho = sum(int(c) for c in modulos("PQ000001005BO")) + 20
    assert f'viewBox="0 0 {ancho} 40"' in dibujo
    assert "style=" not in dibujo
    primera = re.search(r'fill="#000" d="M(\d+) 0h', dibujo)
    assert primera is not None
    assert primera[1] == "10"
