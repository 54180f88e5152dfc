"""Pictures as a screen shows them: upright, in sRGB, on white, silent about whoever took them."""

import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from nucleo.archivos import Recibido, abrir_imagen
from nucleo.archivos.imagenes import MAXIMO_BYTES, ImagenInvalida
from tests.nucleo.archivos.ayudas import codificada, png

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[4] / "shared" / "datos"))
ENTRADAS = EXTERNOS / "entradas"
con_muestras = pytest.mark.skipif(
    not ENTRADAS.is_dir(), reason="faltan los vectores externos (QHATU_DATOS_EXTERNOS)"
)
CAJA = (960, 3840)
ROJO, VERDE, AZUL, BLANCO = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def abrir(contenido: bytes, caja: tuple[int, int] = CAJA) -> Image.Image:
    return abrir_imagen(Recibido.de_bytes(contenido), caja)


def cerca(color: Any, debe: Any, margen: int = 12) -> bool:
    return all(abs(uno - otro) <= margen for uno, otro in zip(color, debe, strict=True))


def muestra(nombre: str) -> bytes:
    return (ENTRADAS / nombre).read_bytes()


# --- Colours ---------------------------------------------------------------------------------------


@con_muestras
def test_los_colores_son_los_que_dice_el_perfil() -> None:
    """Its red channel is the green one, says its profile."""
    imagen = abrir(muestra("foto_perfil_icc_canales_cambiados.jpg"))
    rojo, verde, azul = imagen.getpixel((160, 160))
    assert verde > 150
    assert verde > rojo + 80
    assert verde > azul + 80


def _perfil(**cambios: Any) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    "perfil",
    [
        b"no es un perfil",
        b"\0" * 200,
        _perfil()[:300],
        _perfil().replace(b"RGB ", b"CMYK", 1),
        _perfil().replace(b"mntr", b"link", 1),
        _perfil().replace(b"mntr", b"abst", 1),
        ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
    ],
)
@pytest.mark.parametrize(
    ("modo", "formato"), [("RGB", "JPEG"), ("L", "PNG"), ("CMYK", "JPEG"), ("RGBA", "WEBP")]
)
def test_un_perfil_que_no_sirve_no_dice_nada(perfil: bytes, modo: str, formato: str) -> None:
    lisa = Image.new("RGB", (40, 40), (120, 120, 120)).convert(modo)
    assert cerca(abrir(codificada(lisa, formato, icc_profile=perfil)).getpixel((20, 20)), (120,) * 3)


@pytest.mark.parametrize("modo", ["RGB", "RGBA"])
def test_un_perfil_de_srgb_deja_los_colores_como_estan(modo: str) -> None:
    color = (200, 30, 90)
    lisa = Image.new("RGB", (40, 40), color).convert(modo)
    assert cerca(abrir(codificada(lisa, "PNG", icc_profile=_perfil())).getpixel((20, 20)), color, 2)


@pytest.mark.parametrize(
    ("modo", "formato"), [("RGB", "JPEG"), ("RGB", "WEBP"), ("RGBA", "PNG"), ("P", "PNG")]
)
def test_lo_rojo_de_un_perfil_puede_ser_verde(modo: str, formato: str) -> None:
    cambiado = _perfil().replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")
    roja = Image.new("RGB", (40, 40), ROJO).convert(modo)
    assert cerca(abrir(codificada(roja, formato, icc_profile=cambiado)).getpixel((20, 20)), VERDE, 25)


@con_muestras
def test_cmyk() -> None:
    esperada = Image.open(ENTRADAS / "foto_cmyk.jpg").convert("RGB")
    assert cerca(abrir(muestra("foto_cmyk.jpg")).getpixel((150, 150)), esperada.getpixel((150, 150)))


# --- Transparency, depth --------------------------------------------------------------------------


def _transparentes() -> dict[str, bytes]:
    """Red on the left half, nothing on the right one, in each way to say so."""
    rgba = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    rgba.paste((255, 0, 0, 255), (0, 0, 20, 40))
    paleta = rgba.convert("RGB").quantize(4)
    negro = paleta.getpixel((30, 20))
    return {
        "RGBA": codificada(rgba, "PNG"),
        "WebP": codificada(rgba, "WEBP", lossless=True),
        "paleta": codificada(paleta, "PNG", transparency=negro),
        "tRNS": codificada(rgba.convert("RGB"), "PNG", transparency=(0, 0, 0)),
        "LA": codificada(rgba.convert("LA"), "PNG"),
    }


@pytest.mark.parametrize("como", _transparentes())
def test_lo_transparente_es_blanco(como: str) -> None:
    imagen = abrir(_transparentes()[como])
    assert imagen.mode == "RGB"
    assert imagen.getpixel((30, 20)) == BLANCO
    izquierda = imagen.getpixel((10, 20))
    assert cerca(izquierda, (76, 76, 76) if como == "LA" else ROJO)


def test_lo_medio_transparente_se_mezcla_con_blanco() -> None:
    lisa = Image.new("RGBA", (40, 40), (255, 0, 0, 128))
    assert cerca(abrir(codificada(lisa, "PNG")).getpixel((20, 20)), (255, 127, 127), 2)


@con_muestras
def test_la_gris_de_16_bits_de_muestra_no_es_blanca() -> None:
    imagen = abrir(muestra("gris16.png"))
    grises = {imagen.getpixel((x, y))[0] for x in range(0, 256, 16) for y in range(0, 256, 16)}
    assert len(grises) > 10
    assert min(grises) < 20
    assert max(grises) > 230


def test_gris_de_16_bits() -> None:
    profunda = Image.frombytes("I;16", (4, 1), struct.pack("<4H", 0, 257 * 100, 257 * 100 + 200, 65535))
    fila = [abrir(codificada(profunda, "PNG")).getpixel((x, 0)) for x in range(4)]
    assert fila == [(0,) * 3, (100,) * 3, (101,) * 3, BLANCO]
    con_nada = abrir(codificada(profunda, "PNG", transparency=0))
    assert con_nada.getpixel((0, 0)) == BLANCO


@pytest.mark.parametrize("modo", ["1", "L", "P", "I;16", "LA", "RGB", "RGBA"])
def test_cada_modo_de_png(modo: str) -> None:
    lisa = Image.new(modo, (30, 30)) if modo == "I;16" else Image.new("RGB", (30, 30)).convert(modo)
    assert cerca(abrir(codificada(lisa, "PNG")).getpixel((15, 15)), (0, 0, 0))


# --- Orientation, frames, size, metadata ----------------------------------------------------------


@pytest.mark.parametrize("orientacion", range(1, 9))
@pytest.mark.parametrize("formato", ["JPEG", "PNG", "WEBP"])
def test_derecha(orientacion: int, formato: str) -> None:
    """A blue corner, drawn where each orientation has it, is always above on the left."""
    derecha = Image.new("RGB", (200, 100), "white")
    derecha.paste("blue", (0, 0, 50, 50))
    como_viene = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientacion]
    girada = derecha if como_viene is None else derecha.transpose(como_viene)
    exif = Image.Exif()
    exif[0x0112] = orientacion
    imagen = abrir(codificada(girada, formato, exif=exif), (100, 100))
    assert imagen.size == (100, 50)
    assert cerca(imagen.getpixel((8, 8)), AZUL, 40)
    assert cerca(imagen.getpixel((92, 42)), BLANCO, 40)


@con_muestras
def test_las_muestras_que_ya_estaban_bien() -> None:
    assert abrir(muestra("foto_exif6.jpg")).size == (300, 400)
    assert abrir(muestra("exif_roto.jpg")).size == (300, 300)
    assert abrir(muestra("animada.webp")).size == (300, 300)
    for nombre in ("truncada.jpg", "png_texto_bomba.png", "foto_enorme_400Mpx.png", "foto_grande_196Mpx.png"):
        with pytest.raises(ImagenInvalida):
            abrir(muestra(nombre))
    with pytest.raises(ImagenInvalida, match="No se pudo abrir la foto HEIC"):
        abrir(muestra("foto.heic"))


def test_de_varias_la_primera() -> None:
    cuadros = [Image.new("RGB", (30, 30), color) for color in ("red", "blue")]
    for formato in ("WEBP", "PNG"):
        varias = codificada(cuadros[0], formato, save_all=True, append_images=cuadros[1:])
        assert cerca(abrir(varias).getpixel((15, 15)), ROJO, 20)


def test_no_queda_nada_de_lo_que_decia() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secreto de Ana"
    exif.get_ifd(0x8825)[1] = "S"
    texto = PngImagePlugin.PngInfo()
    texto.add_text("Comment", "secreto de Ana")
    foto = Image.new("RGB", (60, 60), "red")
    for contenido in (
        codificada(foto, "JPEG", exif=exif, comment=b"secreto de Ana", icc_profile=_perfil(), xmp=b"secreto"),
        codificada(foto, "PNG", exif=exif, pnginfo=texto),
        codificada(foto, "WEBP", exif=exif, xmp=b"secreto"),
    ):
        imagen = abrir(contenido)
        assert imagen.info == {}
        for formato in ("JPEG", "WEBP", "PNG"):
            escrita = codificada(imagen, formato)
            assert b"secreto" not in escrita
            assert b"Exif" not in escrita
            assert Image.open(io.BytesIO(escrita)).getexif() == {}


def test_heic() -> None:
    derecha = Image.new("RGB", (640, 480), "white")
    derecha.paste("blue", (0, 0, 320, 240))
    exif = Image.Exif()
    exif[0x0112] = 6
    salida = io.BytesIO()
    pillow_heif.from_pillow(derecha).save(salida, quality=90, exif=exif.tobytes())
    imagen = abrir(salida.getvalue(), (320, 320))
    assert imagen.mode == "RGB"
    assert max(imagen.size) == 320
    colores = {imagen.getpixel((x, y)) for x in (20, imagen.width - 20) for y in (20, imagen.height - 20)}
    assert sum(cerca(color, AZUL, 30) for color in colores) == 1


# --- Limits ----------------------------------------------------------------------------------------


def _cabeza_png(ancho: int, alto: int) -> bytes:
    ihdr = struct.pack(">IIBBBBB", ancho, alto, 8, 2, 0, 0, 0)
    cuerpo = b"IHDR" + ihdr
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(ihdr)) + cuerpo + struct.pack(">I", zlib.crc32(cuerpo))
    )


@pytest.mark.parametrize(
    ("ancho", "alto"), [(20_000, 20_000), (14_000, 14_000), (8_000, 5_001), (2**31 - 1, 9)]
)
def test_los_puntos_se_juzgan_en_la_cabecera(ancho: int, alto: int) -> None:
    """There is not even anything to decode after the header."""
    with pytest.raises(ImagenInvalida, match="demasiados puntos"):
        abrir(_cabeza_png(ancho, alto) + b"\0\0\0\0IDAT")


def test_las_que_ocupan_el_doble_tienen_la_mitad_de_puntos() -> None:
    for modo, formato in (("RGB", "WEBP"), ("RGBA", "PNG"), ("CMYK", "JPEG"), ("I;16", "PNG")):
        with pytest.raises(ImagenInvalida, match="demasiados puntos"):
            abrir(codificada(Image.new(modo, (4_000, 4_001)), formato))


def test_justo_en_el_limite() -> None:
    assert abrir(png(8_000, 5_000)).size == (960, 600)
    with pytest.raises(ImagenInvalida, match="pesa más de 8 MB"):
        abrir(png() + b"\0" * MAXIMO_BYTES)


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (b"%PDF-1.7", "Es un PDF"),
        (b"GIF89a" + b"\0" * 20, "Es un GIF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Es un dibujo SVG"),
        (b"BM" + b"\0" * 60, "Es una imagen BMP"),
        (b"II*\0" + b"\0" * 60, "Es una imagen TIFF"),
        (b"PK\x03\x04" + b"\0" * 60, "Es un archivo comprimido"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 20, "Es un video"),
        (b"\0\0\0\x18ftypavif" + b"\0" * 20, "Es una foto AVIF"),
        (b"hola", "Es un archivo de texto"),
        (b"\0\1\2\3", "Suba una foto JPEG, PNG, WebP o HEIC"),
    ],
)
def test_lo_que_no_es_una_foto_dice_que_es(contenido: bytes, dice: str) -> None:
    with pytest.raises(ImagenInvalida, match=dice):
        abrir(contenido)
