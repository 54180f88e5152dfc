"""The page that checks a file in the browser: good, changed, offline, without JavaScript, without Ed25519."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from constancia import comprobar_constancia
from tests.ayudas.viva import PlataformaViva
from tests.pagos.supervision.test_cierre import DE_ANTES

pytestmark = [pytest.mark.navegador, pytest.mark.lento]

Nueva = Callable[..., Any]
BUENA = "La prueba es buena."
MALA = "La prueba no vale."


@pytest.fixture(scope="module")
def prueba(plataforma_viva: PlataformaViva) -> dict[str, Any]:
    """Of an entry of the demonstration's registry, once the running sequencer has placed it."""
    api = f"{plataforma_viva.url}/api/v1/constancia"
    limite = time.monotonic() + 180  # the worker and the beat may still be starting
    while not (hojas := httpx.get(f"{api}/hojas").json()["datos"]):
        assert time.monotonic() < limite, "no leaf was integrated"
        time.sleep(0.2)
    documento: dict[str, Any] = httpx.get(f"{api}/hojas/{hojas[-1]['hash']}/prueba").json()
    assert comprobar_constancia(documento) == []
    return documento


@pytest.fixture
def comprobar(plataforma_viva: PlataformaViva, nueva_pagina: Nueva, tmp_path: Path) -> Nueva:
    """`comprobar(documento)` -> what the page says of it, on a phone without network."""
    pagina = nueva_pagina(ancho=360, alto=740)
    pagina.goto(f"{plataforma_viva.url}/constancia/comprobar")
    pagina.locator("#archivo").wait_for(state="visible")
    pagina.wait_for_load_state("networkidle")
    pagina.context.set_offline(True)

    def elegir(documento: Any) -> str:
        archivo = tmp_path / f"{time.monotonic_ns()}.json"
        archivo.write_text(documento if isinstance(documento, str) else json.dumps(documento))
        pagina.locator("#archivo").set_input_files(archivo)
        pagina.wait_for_function(
            "() => [...document.querySelectorAll('[data-mal], [data-bien]')].some((p) => !p.hidden)"
        )
        assert pagina.evaluate("document.documentElement.scrollWidth") <= 360
        return str(pagina.locator("[data-comprobar]").inner_text())

    return elegir


def test_una_prueba_buena_sin_red(comprobar: Nueva, prueba: dict[str, Any]) -> None:
    dice = comprobar(prueba)
    assert BUENA in dice
    assert MALA not in dice
    for dato in (prueba["texto"], prueba["cabeza"]["raiz"], prueba["cabeza"]["clave"]):
        assert dato in dice


def test_la_prueba_de_un_pago(comprobar: Nueva) -> None:
    dice = comprobar(DE_ANTES)
    assert BUENA in dice
    assert str(DE_ANTES["hoja"]) in dice
    assert "compare la raíz con la publicada" in dice


@pytest.mark.parametrize(
    ("cambios", "motivo"),
    [
        ({"indice": 0}, "La ruta no lleva a la raíz."),
        ({"hash": "0" * 64}, "El hash no es el de la hoja."),
        ({"hoja": {"tipo": "asiento", "objeto": "x", "contenido": "y"}}, "Los datos no son los del texto"),
        ({"clave_publica": "0" * 64}, "La clave no es la que dice la cabeza."),
        ({"version": "otra"}, "No es una prueba de Qhatu"),
        ({"ruta": ["corto"]}, "No es una prueba de Qhatu"),
    ],
)
def test_una_prueba_cambiada(
    comprobar: Nueva, prueba: dict[str, Any], cambios: dict[str, Any], motivo: str
) -> None:
    assert comprobar_constancia(prueba | cambios) != []
    dice = comprobar(prueba | cambios)
    assert MALA in dice
    assert BUENA not in dice
    assert motivo in dice


def test_una_firma_cambiada_y_lo_que_no_es_json(comprobar: Nueva, prueba: dict[str, Any]) -> None:
    cabeza = prueba["cabeza"]
    otra = f"{int(cabeza['firma'], 16) ^ 1:0128x}"
    assert "La firma no es de esa clave." in comprobar(prueba | {"cabeza": cabeza | {"firma": otra}})
    assert "No es una prueba de Qhatu" in comprobar("{")


def test_cada_bit_tambien_aqui(
    plataforma_viva: PlataformaViva, nueva_pagina: Nueva, prueba: dict[str, Any]
) -> None:
    """The same module that the page loads, over every one-bit change of both kinds of file."""
    pagina = nueva_pagina(bypass_csp=True)  # so that the test may import it
    pagina.goto(f"{plataforma_viva.url}/constancia/comprobar")
    for documento in (prueba, DE_ANTES):
        # Nothing can check the instructions, nor the day of a payment: that is compared with what is public.
        limpio = documento | {"como_verificar": ""}
        if "cierre" in limpio:
            limpio = {k: v for k, v in documento.items() if k != "como_verificar"}
            limpio["cierre"] = limpio["cierre"] | {"dia": ""}
        malas = pagina.evaluate(
            """async ([texto, claves]) => {
                const { comprobar } = await import("/estatico/constancia/comprobar.js");
                const bytes = new TextEncoder().encode(texto);
                if ((await comprobar(texto, claves)).length) return ["la buena"];
                const pasan = [];
                for (let lugar = 0; lugar < bytes.length; lugar += 1) {
                    for (let bit = 0; bit < 7; bit += 1) {
                        bytes[lugar] ^= 1 << bit;
                        const otro = new TextDecoder().decode(bytes);
                        if (!(await comprobar(otro, claves)).length) pasan.push(otro);
                        bytes[lugar] ^= 1 << bit;
                    }
                }
                return pasan;
            }""",
            [json.dumps(limpio, separators=(",", ":")), [prueba["cabeza"]["clave"]]],
        )
        assert malas == []


def test_sin_javascript_y_sin_ed25519_dice_como(plataforma_viva: PlataformaViva, nueva_pagina: Nueva) -> None:
    sin_js = nueva_pagina(ancho=360, javascript=False)
    sin_js.goto(f"{plataforma_viva.url}/constancia/comprobar")
    assert "Aquí hace falta JavaScript." in sin_js.inner_text("main")
    assert "qhatu verify constancia" in sin_js.inner_text("main")
    assert not sin_js.locator("#archivo").is_visible()

    antiguo = nueva_pagina(ancho=360)
    antiguo.add_init_script(
        "crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))"
    )
    antiguo.goto(f"{plataforma_viva.url}/constancia/comprobar")
    antiguo.locator("[data-sin-soporte]").wait_for(state="visible")
    assert "no sabe comprobar firmas Ed25519" in antiguo.inner_text("main")
    assert not antiguo.locator("#archivo").is_visible()
