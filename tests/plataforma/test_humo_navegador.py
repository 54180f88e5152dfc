"""The smoke test of everything at once: the real platform, a real browser, a real sign-in."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ayudas.navegador import ingresar, pulsar
from tests.ayudas.viva import PlataformaViva

pytestmark = [pytest.mark.navegador, pytest.mark.lento]


@pytest.mark.parametrize("javascript", [True, False], ids=["con-js", "sin-js"])
def test_ana_ingresa_y_sale(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any], javascript: bool
) -> None:
    pagina = nueva_pagina(ancho=360, alto=740, javascript=javascript)
    respuesta = pagina.goto(plataforma_viva.url)
    assert respuesta.status == 200
    ancho = pagina.viewport_size["width"]
    if javascript:
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho
    ingresar(pagina, plataforma_viva.url, "Ana Prueba", volver="/cuenta")
    assert pagina.url == f"{plataforma_viva.url}/cuenta"
    assert "Ana Prueba (demostración)" in pagina.locator("main").inner_text()

    pagina.locator("header summary", has_text="Mi cuenta").click()
    pulsar(pagina.locator("form[action='/salir'] button").first)
    pagina.goto(f"{plataforma_viva.url}/cuenta")
    assert "Ana Prueba" not in pagina.inner_text("body")
    assert pagina.url.startswith(f"{plataforma_viva.url}/ingresar")
