"""Chromium driven by Playwright, as each kind of user would."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

ARGUMENTOS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _programa() -> str:
    for nombre in (os.environ.get("QHATU_PRUEBAS_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if nombre and (ruta := shutil.which(nombre)):
            return ruta
    motivo = "no hay Chromium en esta máquina («apt-get install chromium»)"
    if os.environ.get("QHATU_PRUEBAS_EXIGIR_NAVEGADOR"):
        pytest.fail(motivo, pytrace=False)
    pytest.skip(motivo)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser per test file (Playwright's event loop must not outlive it in this thread)."""
    programa = _programa()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=programa, args=ARGUMENTOS)
        yield navegador
        navegador.close()


@pytest.fixture
def nueva_pagina(chromium: Any) -> Iterator[Callable[..., Any]]:
    """`nueva_pagina(ancho=360, javascript=False, oscuro=True)` -> a page of a browser nobody has used.

    Its `errores` list collects what the console and the page complain about; leaving any fails the test
    unless the test empties the list.
    """
    contextos: list[Any] = []
    errores: list[str] = []

    def crear(
        ancho: int = 1280, alto: int = 800, *, javascript: bool = True, oscuro: bool = False, **opciones: Any
    ) -> Any:
        contexto = chromium.new_context(
            viewport={"width": ancho, "height": alto},
            java_script_enabled=javascript,
            color_scheme="dark" if oscuro else "light",
            locale="es-BO",
            timezone_id="America/La_Paz",
            **opciones,
        )
        contexto.set_default_timeout(15_000)
        contextos.append(contexto)
        pagina = contexto.new_page()
        pagina.errores = errores
        pagina.on("pageerror", lambda error: errores.append(f"{pagina.url}: {error}"))
        pagina.on(
            "console",
            lambda m: errores.append(f"{pagina.url}: {m.text}") if m.type == "error" else None,
        )
        return pagina

    yield crear
    for contexto in contextos:
        contexto.close()
    assert errores == []


def pulsar(control: Any) -> None:
    """Press a button or link and wait for the page it leads to.

    A form is sent some time after the click returns: whoever reads or leaves the page before that reads the
    old page, or cancels what was sent.
    """
    with control.page.expect_navigation():
        control.click()


def ingresar(pagina: Any, url: str, nombre: str, volver: str = "/") -> Any:
    """Sign in through the demonstration identity provider as the person whose name begins so.

    It returns when the whole chain of redirections is over and the session's cookie is there.
    """
    pagina.goto(f"{url}/ingresar?volver={volver}")
    pulsar(pagina.locator("main").get_by_role("link", name="Ciudadanía Digital"))
    pagina.get_by_role("button", name=re.compile(f"^{nombre}")).click()
    pagina.wait_for_url(f"{url}/**")
    return pagina


@pytest.fixture
def navegador(nueva_pagina: Callable[..., Any]) -> Any:
    """A page on a desktop screen."""
    return nueva_pagina()
