"""A bid in a live auction from a telephone, by keyboard and without JavaScript; somebody else watches it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from nucleo.ids import id_demo
from tests.ayudas import navegador
from tests.ayudas.viva import PlataformaViva

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


def test_se_puja_con_el_teclado_y_sin_javascript(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any]
) -> None:
    sala = f"{plataforma_viva.url}/feria/{id_demo('subasta:viva')}/subasta"
    pagina, publico = nueva_pagina(360, javascript=False), nueva_pagina(360, javascript=False)
    navegador.ingresar(pagina, plataforma_viva.url, "Teodora Prueba")
    pagina.goto(sala)
    principal = pagina.locator("main")
    (antes,) = re.findall(r"Ofrezca Bs\s([\d.]+,\d\d) o menos", principal.inner_text())
    total = pagina.locator("main").get_by_label("Su nuevo total")
    total.focus()
    pagina.keyboard.type("99999")
    pagina.keyboard.press("Enter")
    pagina.get_by_text("o menos: cada puja baja").first.wait_for()
    pagina.locator("main").get_by_label("Su nuevo total").fill(antes)
    pagina.keyboard.press("Enter")
    pagina.get_by_text(re.compile("Quedó registrada su puja de Bs")).first.wait_for()
    assert f"Ofrezca Bs\xa0{antes} o menos" not in pagina.locator("main").inner_text()
    ancho = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert ancho <= 0

    publico.goto(sala)
    visto = publico.locator("main").inner_text()
    assert re.search(r"Proponente [12]", visto)
    assert not re.search("Tejidos|Uniformes|Teodora", visto)
    assert publico.locator("main form").count() == 0
