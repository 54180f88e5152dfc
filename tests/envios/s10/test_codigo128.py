"""The bars say what they should: drawn, painted and read back as a scanner would."""

import re

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from envios.s10.codigo128 import codigo128 as svg


def _leer(dibujo: str) -> list[str]:
    """Paint the SVG, three pixels a module, and scan it."""
    caja = re.search(r'viewBox="0 0 (\d+) (\d+)"', dibujo)
    barras = re.search(r'fill="#000" d="([^"]+)"', dibujo)
    assert caja is not None
    assert barras is not None
    imagen = Image.new("L", (int(caja[1]) * 3, int(caja[2]) * 3), 255)
    lapiz = ImageDraw.Draw(imagen)
    for x, y, ancho, alto in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+Z", barras[1]):
        x0, y0 = int(x) * 3, int(y) * 3
        lapiz.rectangle((x0, y0, x0 + int(ancho) * 3 - 1, y0 + int(alto) * 3 - 1), fill=0)
    formatos = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Code128)
    return [leido.text for leido in zxingcpp.read_barcodes(imagen, formats=formatos)]


@pytest.mark.parametrize("numero", ["RR473124829BO", "PQ000001005BO", "EE999999999BO"])
def test_un_numero_s10_se_lee_de_vuelta(numero: str) -> None:
    assert _leer(str(svg(numero))) == [numero]


@given(st.from_regex(r"[A-Z]{2}[0-9]{9}[A-Z]{2}", fullmatch=True))
def test_ida_y_vuelta(numero: str) -> None:
    assert _leer(str(svg(numero))) == [numero]


@pytest.mark.parametrize("texto", ["", "año", "a\nb", "\x7f"])
def test_rechaza_lo_que_no_puede_escribir(texto: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        svg(texto)


def test_svg_con_zona_quieta_y_sin_estilos() -> None:
    dibujo = str(svg("PQ000001005BO"))
    assert 'class="codigo-barras"' in dibujo
    assert 'aria-label="PQ000001005BO"' in dibujo
    assert "style=" not in dibujo
    caja = re.search(r'viewBox="0 0 (\d+) \d+"', dibujo)
    barras = re.findall(r"M(\d+) 0h(\d+)v", dibujo.split('fill="#000"')[1])
    assert caja is not None
    assert int(barras[0][0]) == 10
    assert int(caja[1]) - int(barras[-1][0]) - int(barras[-1][1]) == 10
