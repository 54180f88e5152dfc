"""Who watches an auction looks again when they hear of a bid: not all at once, and one look at a time."""

from collections.abc import Callable
from typing import Any

import pytest

from nucleo.configuracion import RAIZ

pytestmark = pytest.mark.navegador

SITIO = "http://subasta.prueba/"
PAGINA = """<!doctype html><meta charset="utf-8"><title>Subasta</title>
<meta name="mirar" content="5"><meta name="oir" content="/eventos"><main>Bs {}</main>
<script type="module" src="/qhatu.js"></script>"""
OIDO = """window.EventSource = class {
  readyState = 1;
  oyen = {};
  constructor() { window.oido = this; }
  addEventListener(nombre, hace) { this.oyen[nombre] = hace; }
  close() { this.readyState = 2; }
};"""


def test_una_mirada_a_la_vez_y_cada_tanto(nueva_pagina: Callable[..., Any]) -> None:
    pagina, miradas = nueva_pagina(), []

    def servir(ruta: Any) -> None:
        pedido = ruta.request
        if pedido.url.endswith("/qhatu.js"):
            programa = (RAIZ / "static/js/qhatu.js").read_text()
            ruta.fulfill(body=programa, content_type="text/javascript")
        elif pedido.is_navigation_request() or pedido.url != SITIO:
            ruta.fulfill(body=PAGINA.format(100), content_type="text/html")
        else:
            miradas.append(ruta)

    def pasan(milisegundos: int) -> int:
        """How many looked, once so much passed for the page."""
        pagina.clock.run_for(milisegundos)
        pagina.wait_for_timeout(200)
        return len(miradas)

    def puja() -> None:
        pagina.evaluate("for (let i = 0; i < 20; i++) oido.oyen.puja();")

    pagina.route("**", servir)
    pagina.add_init_script(OIDO)
    pagina.clock.install()
    pagina.goto(SITIO)
    puja()
    assert (pasan(2_900), pasan(2_200)) == (0, 1)
    puja()
    assert (pasan(20_000), pasan(20_000)) == (1, 1)  # the first look is still under way
    miradas[0].fulfill(body=PAGINA.format(100), content_type="text/html")
    while pasan(5_100) == 1:
        pass  # what was heard meanwhile is looked at once that one ends
    miradas[1].fulfill(body=PAGINA.format(100), content_type="text/html")
    assert (pasan(20_000), pasan(20_000)) == (2, 2)
    puja()
    assert pasan(5_100) == 3
    with pagina.expect_navigation():
        miradas[2].fulfill(body=PAGINA.format(90), content_type="text/html")
