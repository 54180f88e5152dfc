"""The page that checks a file in the browser: good, changed, offline, without JavaScript, without Ed25519."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from constancia import comprobar_constancia
from feria_inversa.pruebas import VERSION
from tests.ayudas.navegador import mirar
from tests.ayudas.viva import PlataformaViva
from tests.constancia.test_pruebas import leida_de_otro_modo
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


@pytest.fixture(scope="module")
def de_la_feria(plataforma_viva: PlataformaViva, prueba: dict[str, Any]) -> dict[str, Any]:
    """Of the demonstration: an award, an opening of sealed bids, and one of these; as anybody gets them."""
    api = f"{plataforma_viva.url}/api/v1"
    hojas, desde = [], "0"
    while desde is not None:
        pagina = httpx.get(f"{api}/constancia/hojas", params={"desde": desde, "limite": 1000}).json()
        hojas, desde = hojas + pagina["datos"], pagina["siguiente"]

    def pedir(ruta: str) -> Any:
        return httpx.get(f"{api}/convocatorias/{ruta}/prueba").json()

    def de_tipo(tipo: str) -> list[tuple[str, str]]:
        return [(h["objeto"], h["contenido"]) for h in hojas if h["tipo"] == tipo]

    actas = [(id_, *dicho.split("|")) for id_, dicho in de_tipo("acta_de_proceso")]
    con_ofertas = {id_ for id_, dicho in de_tipo("ofertas_recibidas") if not dicho.startswith("0")}
    abierta = next(id_ for id_, _n, clase, _h in actas if clase == "apertura" and id_ in con_ofertas)
    huella = next(
        dicho.split("|")[0]
        for id_, dicho in de_tipo("oferta_sellada")
        if id_ == abierta and dicho.endswith("vigente")
    )
    adjudicaciones = (pedir(f"{id_}/actas/{n}") for id_, n, clase, _h in actas if clase == "adjudicacion")
    documentos = {
        "adjudicacion": next(d for d in adjudicaciones if '"proveedor"' in d["acta"]),
        "apertura": pedir(f"{abierta}/apertura"),
        "oferta": pedir(f"{abierta}/ofertas/{huella}"),
    }
    assert {documento["version"] for documento in documentos.values()} == {VERSION}
    assert [comprobar_constancia(documento) for documento in documentos.values()] == [[], [], []]
    return documentos


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
    plataforma_viva: PlataformaViva,
    nueva_pagina: Nueva,
    prueba: dict[str, Any],
    de_la_feria: dict[str, Any],
) -> None:
    """The same module that the page loads, over every one-bit change of each kind of file; of long ones, one
    bit of each byte.
    """
    pagina = nueva_pagina(bypass_csp=True)  # so that the test may import it
    pagina.goto(f"{plataforma_viva.url}/constancia/comprobar")
    for documento in (prueba, DE_ANTES, *de_la_feria.values()):
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
                        if (bytes.length > 2500 && bit !== lugar % 7) continue;
                        bytes[lugar] ^= 1 << bit;
                        const otro = new TextDecoder().decode(bytes);
                        if (!(await comprobar(otro, claves)).length) pasan.push(otro);
                        bytes[lugar] ^= 1 << bit;
                    }
                }
                return pasan;
            }""",
            [json.dumps(limpio, ensure_ascii=False, separators=(",", ":")), [prueba["cabeza"]["clave"]]],
        )
        assert malas == []


def test_de_un_texto_una_sola_lectura_tambien_aqui(
    plataforma_viva: PlataformaViva, nueva_pagina: Nueva
) -> None:
    pagina = nueva_pagina(bypass_csp=True)
    pagina.goto(f"{plataforma_viva.url}/constancia/comprobar")
    buena, otras = leida_de_otro_modo()
    dicho = pagina.evaluate(
        """async ([textos, claves]) => {
            const { comprobar } = await import("/estatico/constancia/comprobar.js");
            return Promise.all(textos.map((texto) => comprobar(texto, claves)));
        }""",
        [[json.dumps(documento) for documento in (buena, *otras)], [buena["cabeza"]["clave"]]],
    )
    assert dicho == [[], *[["forma"]] * 5]


def _menos(documento: dict[str, Any]) -> dict[str, Any]:
    return documento | {"recibidas": documento["recibidas"][1:]}


def test_lo_que_prueba_la_feria(
    comprobar: Nueva, prueba: dict[str, Any], de_la_feria: dict[str, Any]
) -> None:
    adjudicacion, apertura, oferta = (de_la_feria[que] for que in ("adjudicacion", "apertura", "oferta"))
    dice = comprobar(apertura)
    assert BUENA in dice
    assert f"Ofertas que se recibieron: {len(apertura['recibidas'])}" in dice
    assert "ninguna de más, ninguna de menos, ninguna repetida" in dice
    assert "No prueba que a nadie se le impidiera ofertar" in dice
    assert f"Decía: {oferta['textos'][0]}" in comprobar(oferta)
    doble = apertura | {"recibidas": [apertura["recibidas"][0], *apertura["recibidas"]]}
    for mala, motivo in (
        (_menos(apertura), "La lista de ofertas no es la que se anotó al cierre."),
        (doble, "El acta no da cuenta de esas mismas ofertas"),
        (adjudicacion | {"acta": apertura["acta"]}, "El acta no es la de su hoja."),
        (
            apertura | {"hojas": [apertura["hojas"][0], adjudicacion["hojas"][0]]},
            "Las hojas no son de un mismo",
        ),
        (adjudicacion | {"cabeza": prueba["cabeza"] | {"tamano": 1}}, "La ruta no lleva a la raíz."),
        (oferta | {"textos": ["otro"]}, "El texto no es el que se selló."),
        (oferta | {"textos": oferta["textos"] * 2}, "El texto no es el que se selló."),
    ):
        assert comprobar_constancia(mala) != []
        dice = comprobar(mala)
        assert MALA in dice
        assert BUENA not in dice
        assert motivo in dice


def test_una_ciudadana_comprueba_una_adjudicacion_sin_red(
    plataforma_viva: PlataformaViva, nueva_pagina: Nueva, de_la_feria: dict[str, Any], tmp_path: Path
) -> None:
    """On a telephone: from the process to its proof, the page that checks kept on disk, the network cut."""
    acta = json.loads(de_la_feria["adjudicacion"]["acta"])
    pagina = nueva_pagina(ancho=360, alto=740, accept_downloads=True)
    pagina.goto(f"{plataforma_viva.url}/feria/{acta['proceso']}")
    pagina.get_by_role("link", name="Pruebas para comprobar sin nosotros").click()
    mirar(pagina, "pruebas-de-un-proceso")
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name=f"Guardar la prueba del acta {acta['numero']}").click()
    archivo, guardada = tmp_path / "prueba.json", tmp_path / "qhatu-comprobar.html"
    bajada.value.save_as(archivo)
    pagina.get_by_role("link", name="en su navegador, sin conexión").click()
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="Guardar esta página en su equipo").click()
    bajada.value.save_as(guardada)
    pagina.wait_for_load_state("networkidle")
    pagina.context.set_offline(True)
    del_disco = pagina.context.new_page()
    del_disco.goto(guardada.as_uri())
    gana = next(d for d in acta["decisiones"] if "proveedor" in d)
    for donde in (pagina, del_disco):
        donde.locator("#archivo").set_input_files(archivo)
        donde.locator("[data-lineas] li").nth(1).wait_for()
        dice = donde.locator("[data-comprobar]").inner_text()
        assert BUENA in dice
        assert f"{gana['proveedor']} ({gana['registro']}), Bs " in dice
        assert "Prueba que el acta que decide" in dice
        assert "No prueba que la decisión fuera la mejor, ni que siga valiendo" in dice
        assert donde.evaluate("document.documentElement.scrollWidth") <= 360
    otro = tmp_path / "otra.json"
    otro.write_text(archivo.read_text().replace(gana["proveedor"], "Otra"))
    pagina.locator("#archivo").set_input_files(otro)
    pagina.locator("[data-mal]").wait_for()
    assert "El acta no es la de su hoja." in pagina.locator("[data-mal]").inner_text()


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
