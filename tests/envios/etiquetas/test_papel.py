"""Labels on paper: rendered as a thermal printer would, scratched and turned, and read back."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from envios import s10
from envios.etiquetas.etiqueta import Etiqueta
from envios.etiquetas.pdf import ALTO_MM, ANCHO_MM, en_hojas, en_rollo

PUNTOS_POR_PULGADA = 203
PUNTOS_PDF_POR_MM = 72 / 25.4
ETIQUETA = Etiqueta(
    numero=s10.validar("RR473124829BO"),
    operador="Correos de Prueba (demostración)",
    destino="San Ignacio de Velasco, Santa Cruz",
    destinatario="Ana-Lucía O'Connor d'Arlach Choquehuanca",
    referencia="Zona 16 de Julio, calle sin nombre, puerta verde frente a la cancha, junto a la tienda",
    telefono="7 001 2345",
    remitente="Cooperativa de Tejidos Illimani",
    remitente_telefono="2 245 6789",
    contenido="1 × Chompa de alpaca",
    peso_g=1250,
    enlace="https://qhatu.gob.bo/seguimiento/RR473124829BO",
    es_devolucion=False,
)
LARGA = replace(
    ETIQUETA,
    operador="Empresa de Encomiendas y Transporte Interdepartamental de Carga Liviana del Altiplano " * 2,
    destino="Santiago de Huari de los Yamparáez y Todos los Santos, Chuquisaca" * 2,
    destinatario="W" * 120,
    referencia="Palabralarguísimasinunsoloespacio" * 15,
    remitente="M" * 160,
    contenido="Ñ" * 200,
    peso_g=1_000_000,
)


def paginas(documento: bytes) -> Iterator[Image.Image]:
    for pagina in pypdfium2.PdfDocument(documento):
        yield pagina.render(scale=PUNTOS_POR_PULGADA / 72).to_pil().convert("L")


def maltratada(imagen: Image.Image, semilla: int) -> Image.Image:
    """As it comes off a cheap printer and in front of a telephone: turned, blurred, with lost dots."""
    azar = random.Random(semilla)
    girada = imagen.rotate(
        90 * (semilla % 4) + azar.uniform(-8, 8),
        expand=True,
        fillcolor=255,
        resample=Image.Resampling.BILINEAR,
    )
    borrosa = girada.filter(ImageFilter.GaussianBlur(azar.uniform(0, 0.9)))
    ruido = Image.effect_noise(borrosa.size, azar.uniform(20, 70))
    return Image.blend(borrosa, ruido, 0.25)


def leidos(imagen: Image.Image) -> list[tuple[str, str]]:
    return sorted((str(c.format), c.text) for c in zxingcpp.read_barcodes(imagen))


CODIGOS = [("Code 128", "RR473124829BO"), ("QR Code", "https://qhatu.gob.bo/seguimiento/RR473124829BO")]


@pytest.mark.parametrize("semilla", range(12))
def test_se_lee_aunque_venga_torcida_y_sucia(semilla: int) -> None:
    (pagina,) = paginas(en_rollo([ETIQUETA]))
    assert leidos(maltratada(pagina, semilla)) == CODIGOS


def test_las_barras_bastan_para_una_termica_de_203_puntos() -> None:
    modulos = s10.modulos128("RR473124829BO")
    puntos_por_modulo = (ANCHO_MM - 10) / 25.4 * PUNTOS_POR_PULGADA / len(modulos)
    assert (len(modulos), modulos[:10], modulos[-10:]) == (176, "0" * 10, "0" * 10)
    assert puntos_por_modulo >= 4


@pytest.mark.parametrize(("cuantas", "por_hoja"), [(1, [1]), (4, [4]), (5, [4, 1]), (9, [4, 4, 1])])
def test_cuatro_por_hoja(cuantas: int, por_hoja: list[int]) -> None:
    numeros = [s10.validar(s10.generar("RR", n, "BO")) for n in range(10_000_001, 10_000_001 + cuantas)]
    hojas = [
        maltratada(hoja, n)
        for n, hoja in enumerate(paginas(en_hojas([replace(ETIQUETA, numero=n) for n in numeros])))
    ]
    vistos = [
        [c.text for c in zxingcpp.read_barcodes(h) if c.format == zxingcpp.BarcodeFormat.Code128]
        for h in hojas
    ]
    assert [len(v) for v in vistos] == por_hoja
    assert sorted(n for v in vistos for n in v) == sorted(str(n) for n in numeros)


def test_dice_todo_en_letras_de_la_imprenta() -> None:
    pagina = pypdfium2.PdfDocument(en_rollo([replace(ETIQUETA, contenido="王 — “té”")]))[0]
    assert [round(lado / PUNTOS_PDF_POR_MM) for lado in pagina.get_size()] == [ANCHO_MM, ALTO_MM]
    texto = " ".join(pagina.get_textpage().get_text_bounded().split())
    for dicho in (
        "Correos de Prueba (demostración)",
        "1.250 g",
        "San Ignacio de Velasco, Santa Cruz",
        "Ana-Lucía O'Connor d'Arlach Choquehuanca",
        "frente a la cancha",
        "Tel. 7 001 2345",
        "Cooperativa de Tejidos Illimani",
        "Tel. 2 245 6789",
        'Wang - "té"',
        "RR 473 124 829 BO",
    ):
        assert dicho in texto, texto
    assert "DEVOLUCIÓN" not in texto


def test_la_que_vuelve_lo_dice() -> None:
    pagina = pypdfium2.PdfDocument(en_rollo([replace(ETIQUETA, es_devolucion=True)]))[0]
    assert "DEVOLUCIÓN" in pagina.get_textpage().get_text_bounded()


def test_lo_que_no_cabe_no_se_sale_ni_tapa_los_codigos() -> None:
    documento = en_rollo([LARGA])
    pagina = pypdfium2.PdfDocument(documento)[0]
    texto = pagina.get_textpage()
    ancho, alto = pagina.get_size()
    margen = 5 * PUNTOS_PDF_POR_MM - 1
    for i in range(texto.count_chars()):
        izquierda, abajo, derecha, arriba = texto.get_charbox(i)
        assert margen <= izquierda <= derecha <= ancho - margen, texto.get_text_range(i, 1)
        assert margen <= abajo <= arriba <= alto - margen, texto.get_text_range(i, 1)
    (imagen,) = paginas(documento)
    assert leidos(imagen) == CODIGOS
