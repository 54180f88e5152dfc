"""Pictures arrive in the size that the screen needs."""

import io
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlmodel import Session
from starlette.testclient import TestClient

from nucleo.archivos import Recibido, guardar, guardar_imagen
from nucleo.ids import nuevo_id
from nucleo.plantillas import entorno


@pytest.fixture
def foto(sesion: Session) -> UUID:
    salida = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(salida, "JPEG")
    archivo_id = guardar_imagen(sesion, Recibido.de_bytes(salida.getvalue()), duenio=nuevo_id(), publico=True)
    sesion.commit()
    return archivo_id


def _ancho(respuesta: Any) -> tuple[str, int]:
    return respuesta.headers["content-type"], Image.open(io.BytesIO(respuesta.content)).width


def test_cada_pantalla_recibe_su_ancho(cliente: TestClient, foto: UUID) -> None:
    webp = {"Accept": "image/webp,*/*"}

    assert _ancho(cliente.get(f"/archivos/{foto}?ancho=320", headers=webp)) == ("image/webp", 320)
    assert _ancho(cliente.get(f"/archivos/{foto}?ancho=700", headers={"Accept": "*/*"})) == (
        "image/jpeg",
        640,
    )
    assert _ancho(cliente.get(f"/archivos/{foto}?ancho=1")) == ("image/jpeg", 320)
    enorme = cliente.get(f"/archivos/{foto}?ancho={2**63}", headers=webp)  # more than the database counts to
    assert _ancho(enorme) == _ancho(cliente.get(f"/archivos/{foto}?ancho=960", headers=webp))
    assert _ancho(cliente.get(f"/archivos/{foto}")) == ("image/jpeg", 960)


def test_quien_ahorra_datos_recibe_la_pequena(cliente: TestClient, foto: UUID) -> None:
    respuesta = cliente.get(f"/archivos/{foto}?ancho=960", headers={"Save-Data": "on"})

    assert _ancho(respuesta)[1] == 320
    assert respuesta.headers["vary"] == "Accept, Save-Data"


def test_un_dibujo_sin_copias_sale_como_es(cliente: TestClient, sesion: Session) -> None:
    dibujo = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    archivo_id = guardar(sesion, io.BytesIO(dibujo), "image/svg+xml", duenio=nuevo_id(), publico=True)
    sesion.commit()

    assert cliente.get(f"/archivos/{archivo_id}?ancho=320").content == dibujo


def test_la_tarjeta_ofrece_los_tres_anchos() -> None:
    archivo_id = nuevo_id()
    html = entorno().from_string(
        '{% import "componentes/ui.html" as ui %}'
        '{{ ui.tarjeta_producto("/p", "X", 100, s) }}{{ ui.foto("/x.svg", "X") }}'
    )
    texto = html.render(s=archivo_id)

    assert f'srcset="/archivos/{archivo_id}?ancho=320 320w, /archivos/{archivo_id}?ancho=640 640w' in texto
    assert texto.count("srcset=") == 1
