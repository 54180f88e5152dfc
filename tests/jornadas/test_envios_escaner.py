"""A round of thirty parcels with two telephones and the network cut for its whole length."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from envios.items.codigo_entrega import con_control
from tests.ayudas.navegador import ARGUMENTOS, _programa, ingresar
from tests.ayudas.viva import PlataformaViva
from tests.jornadas.ayudas import anunciar

pytestmark = [pytest.mark.navegador, pytest.mark.lento]

PAQUETES = 30


@pytest.fixture
def telefono(tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """`telefono(nombre)` -> the page of a telephone whose disk survives; called again, it was restarted."""
    from playwright.sync_api import sync_playwright

    abiertos: dict[str, Any] = {}
    with sync_playwright() as playwright:

        def encender(nombre: str) -> Any:
            if nombre in abiertos:
                abiertos.pop(nombre).close()
            abiertos[nombre] = contexto = playwright.chromium.launch_persistent_context(
                str(tmp_path / nombre),
                executable_path=_programa(),
                args=ARGUMENTOS,
                viewport={"width": 360, "height": 740},
                locale="es-BO",
                timezone_id="America/La_Paz",
            )
            contexto.set_default_timeout(15_000)
            # The network is cut for pages: what the browser does with none open would not know of it.
            contexto.new_cdp_session(contexto.pages[0]).send(
                "Browser.setPermission", {"permission": {"name": "background-sync"}, "setting": "denied"}
            )
            return contexto.pages[0]

        yield encender
        for contexto in abiertos.values():
            contexto.close()


def abrir(pagina: Any, viva: PlataformaViva) -> None:
    pagina.goto(f"{viva.url}/escaner")
    pagina.wait_for_selector("html[data-listo]")


def entrar(pagina: Any, viva: PlataformaViva, nombre: str) -> None:
    ingresar(pagina, viva.url, f"{nombre} Prueba", "/escaner")
    pagina.wait_for_selector("html[data-listo]")
    pagina.evaluate("navigator.serviceWorker.ready.then(() => true)")


def leer(pagina: Any, codigo: str, *numeros: str) -> None:
    """As a bar code reader does: it types the number and presses Enter."""
    pagina.get_by_label("Qué pasó").select_option(codigo)
    for numero in numeros:
        pagina.get_by_label("Número de envío").fill(numero)
        pagina.keyboard.press("Enter")
        expect(pagina.get_by_label("Número de envío")).to_have_value("")


def entregar(pagina: Any, numero: str, codigo: str) -> None:
    pagina.get_by_label("Qué pasó").select_option("EMI")
    pagina.get_by_label("Código de entrega").fill(codigo)
    pagina.get_by_label("¿Quién lo recibe?").select_option("familiar")
    pagina.get_by_label("Nombre de quien recibe").fill("Luis Prueba")
    lienzo = pagina.locator("[data-firma]")
    lienzo.scroll_into_view_if_needed()
    caja = lienzo.bounding_box()
    pagina.mouse.move(caja["x"] + 40, caja["y"] + 40)
    pagina.mouse.down()
    pagina.mouse.move(caja["x"] + 160, caja["y"] + 90, steps=4)
    pagina.mouse.up()
    leer(pagina, "EMI", numero)


def dice(pagina: Any, texto: str) -> None:
    expect(pagina.locator("main")).to_contain_text(
        re.compile(texto, re.IGNORECASE), use_inner_text=True, timeout=30_000
    )
    ancho = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert ancho <= 0


def estado_de(viva: PlataformaViva, ids: list[str]) -> list[tuple[str, str, int]]:
    """Code and how many events in force of each kind."""
    return sorted(
        viva.en_la_base(
            "SELECT v.codigo, v.fuente, count(*)::int FROM envios_evento v WHERE v.envio_id = ANY(%s::uuid[])"
            " AND NOT EXISTS (SELECT FROM envios_correccion c WHERE c.evento_id = v.id"
            " OR (c.evento_cliente_id <> '' AND c.operador_unidad_id = v.operador_unidad_id "
            "AND c.evento_cliente_id = v.evento_cliente_id))"
            " GROUP BY 1, 2",
            ids,
        )
    )


def test_una_ronda_sin_red_con_dos_telefonos(
    plataforma_viva: PlataformaViva, telefono: Callable[[str], Any]
) -> None:
    uno = telefono("uno")
    entrar(uno, plataforma_viva, "Carla")
    operador = uno.get_by_label("Operador").input_value()
    paquetes = anunciar(plataforma_viva, operador, PAQUETES)
    ids = [p[0] for p in paquetes]
    numeros = [p[1] for p in paquetes]
    dos = telefono("dos")
    entrar(dos, plataforma_viva, "Carla")
    dos.get_by_label("Operador").select_option(operador)

    # The whole round without network; the first telephone is restarted in the middle of it.
    uno.context.set_offline(True)
    dos.context.set_offline(True)
    leer(uno, "EDG", *numeros[:15])
    dice(uno, "15 lecturas por enviar")
    uno = telefono("uno")
    uno.context.set_offline(True)
    abrir(uno, plataforma_viva)
    dice(uno, "Trabaja: Carla Prueba")
    dice(uno, "15 lecturas por enviar")
    leer(uno, "EDG", *numeros[15:])
    leer(dos, "EDG", *numeros[:10])  # the same parcels on the other one
    leer(dos, "EMA", "RR473124829BO")  # one that does not exist
    entregar(uno, numeros[0], paquetes[0][2])
    entregar(uno, numeros[1], con_control("123456" if paquetes[1][2][:6] != "123456" else "654321"))
    dice(uno, "32 lecturas por enviar")

    # Nobody signs out with a queue.
    uno.get_by_role("button", name="Salir").click()
    dice(uno, "Quedan 32 lecturas sin enviar")

    # The network is back, for the one that read first before.
    for pagina in (uno, dos):
        pagina.context.set_offline(False)
        pagina.evaluate("dispatchEvent(new Event('online'))")
        pagina.wait_for_selector("[data-cola]", state="hidden", timeout=60_000)
    dice(dos, r"Por resolver\s+[0-9]")
    dice(dos, "No hay un envío con ese número")
    assert estado_de(plataforma_viva, ids) == [
        ("EDG", "escaner", PAQUETES),
        ("EMI", "escaner", 1),
        ("QHEP", "escaner", 1),
    ]
    dice(dos, "ya estaba")

    # Sent again, nothing changes; undone, it is a correction.
    uno.reload()
    uno.wait_for_selector("html[data-listo]")
    uno.get_by_role("button", name=f"Deshacer {numeros[20]}").click()
    expect(uno.locator("[data-leidos]")).not_to_contain_text(numeros[20], timeout=30_000)
    assert estado_de(plataforma_viva, ids)[0] == ("EDG", "escaner", PAQUETES - 1)
    uno.get_by_role("button", name="Salir").click()
    uno.wait_for_url(re.compile(r"/$|/salir|end"))
    assert plataforma_viva.orden("verify", "envios").returncode == 0
