"""Chromium driven by Playwright, as each kind of user would."""

import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
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
        contexto.set_default_timeout(60_000)  # on a busy machine too
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


def mirar(pagina: Any, nombre: str) -> None:
    """Nothing wider than the screen; a picture in the folder `QHATU_PRUEBAS_FOTOS` if somebody wants one."""
    pagina.wait_for_load_state()
    ancho = pagina.viewport_size["width"]
    if carpeta := os.environ.get("QHATU_PRUEBAS_FOTOS"):
        pagina.screenshot(path=Path(carpeta) / f"{nombre}-{ancho}.png", full_page=True)
    desborde = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert desborde <= 0, f"{nombre} se desborda {desborde} px a {ancho}"


_CHICOS = """alto => [...document.querySelectorAll("main :is(a[href], button, summary)")].flatMap(
    e => [...e.getClientRects()].filter(r => r.width > 1 && r.height > 1 && r.height < alto)
        .map(r => `${e.textContent.trim()}: ${r.height.toFixed(1)}`))"""


_BAJOS = """[...document.querySelectorAll("button, .boton, .campo__control, summary, .opcion, .pie a")]
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
    .map(e => `${e.textContent.trim() || e.className}: ${e.getBoundingClientRect().height.toFixed(1)}`)"""
# As an empty cache would ask for it: what was kept from the page before weighs the same.
_PESO = """() => {
    const foto = (r) => new URL(r.name).pathname.startsWith("/archivos/");
    const suma = (lista, que) => lista.reduce((total, r) => total + r[que], 0);
    const cosas = performance.getEntriesByType("resource").filter((r) => !r.name.startsWith("data:"));
    const suyas = [...performance.getEntriesByType("navigation"), ...cosas.filter((r) => !foto(r))];
    const fotos = cosas.filter(foto);
    return {
        pedidos: suyas.length,
        bytes: suma(suyas, "encodedBodySize"),
        fotos: fotos.length,
        bytes_de_fotos: suma(fotos, "encodedBodySize"),
        por_la_red: suma([...suyas, ...fotos], "transferSize"),
    };
}"""


@dataclass(frozen=True, slots=True)
class Peso:
    """What a page brought: itself and what it asks for, and apart from that its photos."""

    pedidos: int
    bytes: int
    fotos: int
    bytes_de_fotos: int
    por_la_red: int


def pesar(pagina: Any) -> Peso:
    """What a page that has loaded weighs, compressed as it comes."""
    return Peso(**pagina.evaluate(_PESO))


AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faltas_de_axe(pagina: Any) -> list[tuple[str, Any]]:
    """What of WCAG 2.2 AA a page violates, and where."""
    from axe_playwright_python.sync_playwright import Axe

    violadas = Axe().run(pagina, options=AXE).response["violations"]
    return [(v["id"], [nodo["target"] for nodo in v["nodes"][:3]]) for v in violadas]


def blancos_chicos(pagina: Any, alto_px: int = 24) -> list[str]:
    """What is pressed in a page and is not so high: what it says, and its height."""
    return list(pagina.evaluate(_CHICOS, alto_px))


def controles_bajos(pagina: Any) -> list[str]:
    """What is pressed by itself and is less than 44 px high; a link within a text is another thing."""
    return list(pagina.evaluate(_BAJOS))


def desborde(pagina: Any) -> int:
    """How much wider than its screen a page is."""
    ancho: int = pagina.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(ancho, 0)


@pytest.fixture
def sitio(bd: Any, aplicacion: Any) -> Iterator[str]:
    """The address of the application served in this process on the test's database, so that its clock and its
    sweeps are the test's."""
    import uvicorn

    from plataforma.supervisor import escuchar

    enchufe = escuchar(0, "otro")
    servidor = uvicorn.Server(uvicorn.Config(aplicacion, log_config=None, lifespan="off"))
    hilo = threading.Thread(target=servidor.run, kwargs={"sockets": [enchufe]})
    hilo.start()
    limite = time.monotonic() + 20
    while not servidor.started:
        assert time.monotonic() < limite
        time.sleep(0.01)
    yield f"http://127.0.0.1:{enchufe.getsockname()[1]}"
    servidor.should_exit = True
    hilo.join()
    enchufe.close()


def identificar(pagina: Any, sitio: str, persona: Any) -> None:
    """Who is at that page has signed in just now."""
    from ciudadania.sesiones import abrir_sesion, nombre_de_galleta
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        secreto = abrir_sesion(sesion, persona, agente="pruebas")
    pagina.context.add_cookies([{"name": nombre_de_galleta(), "value": secreto, "url": sitio}])


@pytest.fixture
def como(sitio: str, nueva_pagina: Callable[..., Any]) -> Callable[..., Callable[[str], Any]]:
    """`como(persona, javascript=False)` -> `ir(path)`: a 360 px page of somebody who has just signed in."""

    def entrar(persona: Any, *, javascript: bool = False) -> Callable[[str], Any]:
        pagina = nueva_pagina(ancho=360, javascript=javascript, service_workers="block")
        identificar(pagina, sitio, persona)

        def ir(ruta: str) -> Any:
            pagina.goto(f"{sitio}{ruta}")
            return pagina

        return ir

    return entrar
