"""A photo of a QR leads to what it pays; a bad one says what to do, and nothing is kept of it."""

import io
from typing import Any

import pytest
import segno
from PIL import Image
from sqlmodel import func, select

from nucleo.archivos.modelos import Contenido
from nucleo.bd import transaccion
from pagos.cobros import formato_cpt
from pagos.cobros.codigos_qr import qr_de_orden, qr_de_unidad
from tests.pagos.cobros.conftest import Caja
from tests.pagos.cobros.test_paginas import texto


def foto(*codigos: str, giro: float = 0, formato: str = "JPEG") -> bytes:
    """A picture of a wall with these codes on it, as a telephone would take it."""
    pared = Image.new("RGB", (1600, 1200), (150, 120, 90))
    for lugar, codigo in enumerate(codigos):
        salida = io.BytesIO()
        segno.make(codigo, error="m", micro=False).save(salida, kind="png", scale=5, border=4)
        papel = Image.open(salida).convert("RGB").rotate(giro, expand=True, fillcolor=(255, 255, 255))
        pared.paste(papel, (100 + 750 * lugar, 200))
    salida = io.BytesIO()
    pared.save(salida, formato)
    return salida.getvalue()


def enviar(quien: Any, contenido: bytes) -> Any:
    return quien.post("/pagar/qr", files={"foto": ("foto.jpg", contenido, "image/jpeg")})


@pytest.mark.parametrize(("giro", "formato"), [(0, "JPEG"), (11, "PNG"), (90, "WEBP")])
def test_de_la_foto_a_la_orden(caja: Caja, cliente: Any, giro: float, formato: str) -> None:
    orden = caja.emitir("60.00")
    with transaccion() as sesion:
        codigo = qr_de_orden(sesion, orden)

    respuesta = enviar(cliente, foto(codigo, giro=giro, formato=formato))

    assert respuesta.status_code == 303
    assert respuesta.headers["location"] == f"/pagar/{formato_cpt(orden.cpt)}"
    with transaccion() as sesion:
        assert sesion.exec(select(func.count()).select_from(Contenido)).one() == 0


def test_de_la_foto_a_la_unidad(caja: Caja, cliente: Any) -> None:
    with transaccion() as sesion:
        codigo = qr_de_unidad(sesion, caja.alcaldia)
    respuesta = enviar(cliente, foto(codigo))
    assert respuesta.headers["location"] == f"/pagar/unidad/{caja.alcaldia.numero}"


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (b"", "Tome una foto del código"),
        (b"esto no es una foto", "Es un archivo de texto. Suba una foto JPEG, PNG, WebP o HEIC"),
        (foto(), "No se ve ningún código QR en la foto"),
        (foto("uno", "otro"), "En la foto hay varios códigos QR"),
        (foto("https://pague.example/aqui"), "Esa dirección no es de una orden de cobro de Qhatu"),
        (foto("hola"), "código"),
    ],
)
def test_una_foto_que_no_sirve_dice_que_hacer(cliente: Any, caja: Caja, contenido: bytes, dice: str) -> None:
    antes = caja.foto()
    respuesta = enviar(cliente, contenido)
    assert respuesta.status_code == 422
    assert dice in texto(respuesta)
    assert caja.foto() == antes


def test_sin_elegir_una_foto(cliente: Any, caja: Caja) -> None:
    respuesta = cliente.post("/pagar/qr", data={"nada": "1"})
    assert respuesta.status_code == 422
    assert "Tome una foto del código" in texto(respuesta)
