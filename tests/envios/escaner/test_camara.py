"""A printed label before the telephone: read by its browser where it can, else from a photo by the server."""

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
import zxingcpp
from PIL import Image

from envios.escaner.fotos import numero_en
from envios.etiquetas.pdf import en_rollo
from nucleo.archivos import Recibido
from tests.ayudas.navegador import ARGUMENTOS, _programa
from tests.envios.escaner.servidor import Servidor, sirviendo
from tests.envios.escaner.test_telefono import enviado
from tests.envios.etiquetas.test_papel import ETIQUETA, maltratada, paginas

pytestmark = pytest.mark.navegador
NUMERO = str(ETIQUETA.numero)
# A browser that has the detector; what it sees of the camera is deciphered outside it.
DETECTOR = """
globalThis.BarcodeDetector = class {
  static getSupportedFormats = async () => globalThis.formatos ?? ["code_128", "qr_code"];
  async detect(video) {
    const { videoWidth: width, videoHeight: height } = video;
    const lienzo = Object.assign(document.createElement("canvas"), { width, height });
    lienzo.getContext("2d").drawImage(video, 0, 0);
    return (await descifrar(lienzo.toDataURL("image/png"))).map((rawValue) => ({ rawValue }));
  }
};
"""


def en_la_mesa(lado: int) -> Image.Image:
    """The label, a little turned and dirty, as a picture of it is."""
    (etiqueta,) = paginas(en_rollo([ETIQUETA]))
    vista = maltratada(etiqueta, 3)
    mesa = Image.new("L", (lado, lado * 3 // 4), 90)
    vista.thumbnail((mesa.width - 20, mesa.height - 20))
    mesa.paste(vista, ((mesa.width - vista.width) // 2, (mesa.height - vista.height) // 2))
    return mesa.convert("RGB")


def jpeg(imagen: Image.Image, **mas: Any) -> bytes:
    salida = io.BytesIO()
    imagen.save(salida, "JPEG", quality=90, **mas)
    return salida.getvalue()


def _descifrar(url: str) -> list[str]:
    imagen = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
    return [c.text for c in zxingcpp.read_barcodes(imagen)]


def test_la_camara_lee_la_etiqueta(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    video = tmp_path / "etiqueta.mjpeg"
    video.write_bytes(jpeg(en_la_mesa(1280)))
    camara = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={video}",
    ]
    with sirviendo() as servidor, sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=_programa(), args=ARGUMENTOS + camara)
        contexto = navegador.new_context(viewport={"width": 360, "height": 740}, permissions=["camera"])
        for formatos, se_ofrece in (("[]", False), ("undefined", True)):
            pagina = contexto.new_page()
            pagina.add_init_script(f"globalThis.formatos = {formatos}; {DETECTOR}")
            pagina.expose_function("descifrar", _descifrar)
            pagina.goto(f"{servidor.url}/escaner")
            pagina.wait_for_selector("html[data-listo]")
            # A detector with nothing behind it (desktops have one) is none.
            assert pagina.get_by_role("button", name="Cámara").is_visible() is se_ofrece
        pagina.get_by_label("Qué pasó").select_option("EDG")
        pagina.get_by_role("button", name="Cámara").click()
        enviado(pagina, NUMERO)
        pagina.wait_for_timeout(500)
        assert servidor.leidos() == [NUMERO]  # it stays before the camera, and is read once
        pagina.get_by_role("button", name="Cámara").click()
        assert pagina.locator("[data-video]").is_hidden()
        navegador.close()


def test_sin_detector_la_foto_la_lee_el_servidor(nueva_pagina: Callable[..., Any]) -> None:
    girada = Image.Exif()
    girada[0x0112] = 6
    grande = jpeg(en_la_mesa(2200), exif=girada)  # as telephones write them: large, and on their side
    heic = io.BytesIO()
    pillow_heif.from_pillow(en_la_mesa(1600)).save(heic, format="HEIF")
    with sirviendo() as servidor:
        pagina = nueva_pagina(360, 740)
        pagina.goto(f"{servidor.url}/escaner")
        pagina.wait_for_selector("html[data-listo]")
        assert pagina.get_by_role("button", name="Cámara").is_hidden()
        pagina.get_by_label("Qué pasó").select_option("EDG")
        for foto, tipo in ((grande, "image/jpeg"), (heic.getvalue(), "image/heic")):
            enviada = _subir(pagina, servidor, foto, tipo)
            assert numero_en(Recibido.de_bytes(enviada, "foto")) == NUMERO
            if tipo == "image/jpeg":
                with Image.open(io.BytesIO(enviada)) as imagen:
                    assert max(imagen.size) == 1600
                    assert not imagen.getexif()
            else:
                assert enviada == foto  # this browser does not draw it: it goes as it is


def _subir(pagina: Any, servidor: Servidor, foto: bytes, tipo: str) -> bytes:
    servidor.archivos.clear()
    pagina.locator("#foto").set_input_files({"name": "foto", "mimeType": tipo, "buffer": foto})
    for _ in range(400):
        if "foto" in servidor.archivos:
            return servidor.archivos["foto"]
        pagina.wait_for_timeout(50)
    raise AssertionError("the photo did not come")
