"""A real browser against the real platform: a citizen tops up by card, without JavaScript, on a phone.

`QHATU_PRUEBAS_FOTOS=folder` keeps a picture of each page.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.ayudas.navegador import ingresar, pulsar
from tests.ayudas.viva import PlataformaViva

REGLAS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Recorrido:
    """A person in front of the platform; each page visited is looked at."""

    def __init__(self, viva: PlataformaViva, pagina: Any, ancho: int, *, javascript: bool) -> None:
        self.url, self.pagina, self.ancho, self.javascript = viva.url, pagina, ancho, javascript

    def ingresar(self, persona: str) -> None:
        ingresar(self.pagina, self.url, persona, volver="/billetera/recargar/tarjeta")

    def mirar(self, nombre: str) -> None:
        if carpeta := os.environ.get("QHATU_PRUEBAS_FOTOS"):
            destino = Path(carpeta) / f"{nombre}-{self.ancho}.png"
            self.pagina.screenshot(path=destino, full_page=True)
        self.pagina.wait_for_load_state()
        self.pagina.locator("h1").first.wait_for()
        desborde = self.pagina.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert desborde <= 0, nombre
        if self.javascript:
            faltas = Axe().run(self.pagina, options=REGLAS).response["violations"]
            assert [(v["id"], [n["target"] for n in v["nodes"][:3]]) for v in faltas] == [], nombre

    def titulo(self) -> str:
        return str(self.pagina.get_by_role("heading", level=1).inner_text())

    def empezar(self, monto: str) -> None:
        self.pagina.goto(f"{self.url}/billetera/recargar/tarjeta")
        self.pagina.get_by_label("Monto").fill(monto)
        self.pulsar("Continuar")

    def pagar_con(self, tarjeta: str) -> None:
        self.pagina.get_by_label(tarjeta).first.check()
        self.pulsar("Pagar")

    def pulsar(self, texto: str, rol: Literal["button", "link"] = "button") -> None:
        pulsar(self.pagina.get_by_role(rol, name=texto).first)


@pytest.mark.navegador
@pytest.mark.parametrize(("ancho", "javascript"), [(360, False), (1280, True), (360, True)])
def test_recargar_con_tarjeta_de_principio_a_fin(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any], ancho: int, javascript: bool
) -> None:
    pagina = nueva_pagina(ancho, javascript=javascript, reduced_motion="reduce", service_workers="block")
    r = Recorrido(plataforma_viva, pagina, ancho, javascript=javascript)
    r.ingresar("Ana Prueba")
    r.mirar("1-recargar")

    r.empezar("1")
    assert "Con tarjeta se paga entre" in pagina.content()
    r.mirar("2-monto-malo")

    r.empezar("40,50")
    assert r.titulo() == "Pagar Bs\xa040,50"
    r.mirar("3-alojada")
    r.pagar_con("No tiene fondos")
    r.mirar("4-negada")
    r.pulsar("Volver sin pagar", "link")
    assert r.titulo() == "La tarjeta fue rechazada"
    r.mirar("5-rechazada")
    r.pulsar("Intentar con otra tarjeta", "link")
    r.pagar_con("El banco pide confirmar")
    assert r.titulo() == "¿Autoriza este pago?"
    r.mirar("6-3ds")
    r.pulsar("Autorizar el pago")
    assert r.titulo() == "Pago realizado"
    r.mirar("7-pagado")

    pagina.get_by_text("Reembolsar a la tarjeta").click()
    pagina.get_by_label("Monto").fill("10,50")
    r.pulsar("Reembolsar")
    assert "Devuelto a la tarjeta" in pagina.content()
    r.mirar("8-reembolsado")
    pagina.goto(f"{r.url}/pagos-con-tarjeta")
    r.mirar("9-lista")
    pagina.errores[:] = [e for e in pagina.errores if "422" not in e]


@pytest.mark.navegador
def test_lo_que_pasa_mientras_la_pasarela_falla(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any]
) -> None:
    """The gateway charges and does not answer: the page says so, looks by itself, and ends well. Later the
    cardholder disputes; the webhook is really POSTed by the worker."""
    pagina = nueva_pagina(1280, reduced_motion="reduce", service_workers="block")
    r = Recorrido(plataforma_viva, pagina, 1280, javascript=True)
    r.ingresar("Ana Prueba")
    pagina.goto(f"{r.url}/simulada")
    r.mirar("10-banco-de-pruebas")
    pagina.get_by_label("En el próximo pago o reembolso").select_option("tiempo_despues")
    r.pulsar("Aplicar")

    r.empezar("25")
    r.mirar("11-sin-respuesta")
    pagina.get_by_role("heading", name="Pagar Bs").or_(
        pagina.get_by_role("link", name="Continuar al pago seguro")
    ).first.wait_for(timeout=30_000)
    if pagina.get_by_role("link", name="Continuar al pago seguro").count():
        r.pulsar("Continuar al pago seguro", "link")
    r.pagar_con("Paga bien y medio minuto después")
    assert r.titulo() == "Pago realizado"
    pago = pagina.url
    pagina.goto(f"{r.url}/simulada")
    r.pulsar("Disputar")

    def disputado() -> bool:
        pagina.goto(pago)
        return "El banco decide" in pagina.content()

    plataforma_viva.esperar(disputado, plazo_s=60)
    r.mirar("12-disputado")

    otra = nueva_pagina(360, reduced_motion="reduce", service_workers="block")
    reguladora = Recorrido(plataforma_viva, otra, 360, javascript=True)
    reguladora.ingresar("Rosa Prueba")
    otra.goto(f"{r.url}/regulador/pagos-con-tarjeta")
    assert "No reconoce el cargo" in otra.content()
    reguladora.mirar("13-regulador")
    otra.set_viewport_size({"width": 1280, "height": 800})
    reguladora.ancho = 1280
    reguladora.mirar("13-regulador")
