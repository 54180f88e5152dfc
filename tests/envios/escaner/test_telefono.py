"""The page of the telephone, whole, in a browser: what it keeps, shows and says when something goes wrong."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from envios.items.codigo_entrega import con_control
from tests.envios.escaner.servidor import CARLA, CORREOS, LUIS, Servidor, sirviendo

REGLAS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
pytestmark = pytest.mark.navegador
UNO, DOS, TRES = "RR473124829BO", "RR123456785BO", "RR000000014BO"


@pytest.fixture
def servidor() -> Iterator[Servidor]:
    with sirviendo() as servidor:
        yield servidor


@pytest.fixture
def telefono(servidor: Servidor, nueva_pagina: Callable[..., Any]) -> Callable[..., Any]:
    """`telefono()` -> the page, opened and ready; `antes` runs in it before any of its code."""

    def abrir(antes: str = "", **opciones: Any) -> Any:
        pagina = nueva_pagina(360, 740, **opciones)
        if antes:
            pagina.add_init_script(antes)
        pagina.goto(f"{servidor.url}/escaner")
        pagina.wait_for_selector("html[data-listo]")
        return pagina

    return abrir


def leer(pagina: Any, *numeros: str, codigo: str = "EDG") -> None:
    pagina.get_by_label("Qué pasó").select_option(codigo)
    for numero in numeros:
        pagina.get_by_label("Número de envío").fill(numero)
        pagina.keyboard.press("Enter")
        expect(pagina.get_by_label("Número de envío")).to_have_value("")


def dice(pagina: Any, texto: str) -> None:
    expect(pagina.locator("main")).to_contain_text(re.compile(texto, re.IGNORECASE), use_inner_text=True)


def firmar(pagina: Any) -> None:
    lienzo = pagina.locator("[data-firma]")
    lienzo.scroll_into_view_if_needed()
    caja = lienzo.bounding_box()
    pagina.mouse.move(caja["x"] + 40, caja["y"] + 40)
    pagina.mouse.down()
    pagina.mouse.move(caja["x"] + 160, caja["y"] + 90, steps=3)
    pagina.mouse.up()


def enviado(pagina: Any, numero: str) -> None:
    suya = pagina.locator("[data-leidos] li").filter(has_text=numero).first
    expect(suya).to_contain_text("enviado")


def parada(numero: str, nombre: str, **mas: Any) -> dict[str, Any]:
    return {
        "numero": numero,
        "destinatario": nombre,
        "telefono": "70000001",
        "destino": "La Paz, La Paz",
        "referencia": "Casa azul",
        "codigo_plus": None,
        "latitud": None,
        "longitud": None,
        "cobrar": "",
        "elige": "",
        "estado": "En reparto",
        "terminada": False,
    } | mas


def ronda(*paradas: dict[str, Any]) -> dict[str, Any]:
    return {
        "numero": "HR-1",
        "estado": "En reparto",
        "agencia": "La Paz centro",
        "operador_unidad_id": CORREOS,
        "paradas": list(paradas),
    }


def test_la_hoja_de_ruta_sin_red(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    rosa = parada(
        DOS,
        "Rosa",
        cobrar="Bs 1.234,50",
        elige="Lo recibe un vecino",
        codigo_plus="57MHGV2C+22",
        latitud="-16.5",
        longitud="-68.13",
    )
    servidor.rondas = [ronda(parada(UNO, "Ana"), rosa, parada(TRES, "Eva"))]
    pagina = telefono()
    pagina.evaluate("navigator.serviceWorker.ready.then(() => true)")
    pagina.context.set_offline(True)
    pagina.reload()
    pagina.wait_for_selector("html[data-listo]")
    hoja = pagina.locator("[data-hoja]")
    paradas = hoja.locator("li")
    expect(hoja.locator("[data-hoja-cuenta]")).to_have_text("0 de 3")
    assert [t.split("\n")[0] for t in paradas.all_inner_texts()] == [
        "1. Ana En reparto",
        "2. Rosa En reparto",
        "3. Eva En reparto",
    ]
    for texto in ("Casa azul", "Cobrar Bs 1.234,50", "Lo recibe un vecino", "57MHGV2C+22"):
        expect(paradas.nth(1)).to_contain_text(texto)
    assert [a.get_attribute("href") for a in paradas.nth(1).locator("a").all()] == [
        "tel:70000001",
        "geo:-16.5,-68.13",
    ]

    # A failed attempt and a delivery from the list; what was read is marked.
    pagina.get_by_role("button", name=f"No se pudo: Ana, {UNO}").click()
    expect(pagina.get_by_label("Número de envío")).to_have_value(UNO)
    pagina.get_by_label("Motivo").select_option(index=1)
    pagina.get_by_label("Qué se hará").select_option(index=1)
    pagina.get_by_role("button", name="Anotar").click()
    expect(paradas.nth(0)).to_contain_text("No se pudo entregar, por enviar")
    pagina.get_by_role("button", name=f"Entregar: Rosa, {DOS}").click()
    expect(pagina.locator("[data-para]")).to_contain_text("Cobrar Bs 1.234,50")
    expect(pagina.get_by_label("Código de entrega")).to_be_focused()
    pagina.get_by_label("Código de entrega").fill(con_control("123456"))
    firmar(pagina)
    pagina.get_by_role("button", name="Anotar").click()
    expect(paradas.nth(1)).to_contain_text("Entregado, por enviar")
    expect(hoja.locator("[data-hoja-cuenta]")).to_have_text("2 de 3")
    ancho = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert ancho <= 0

    faltas = Axe().run(pagina, options=REGLAS).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faltas] == []
    pagina.get_by_role("button", name=f"Entregar: Rosa, {DOS}").click()  # with the form of a delivery
    faltas = Axe().run(pagina, options=REGLAS).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faltas] == []

    # Nobody signs out with a queue, nor without network; with it, the round goes with whoever signs out.
    pagina.get_by_role("button", name="Salir").click()
    dice(pagina, "Quedan 2 lecturas sin enviar")
    pagina.context.set_offline(False)
    pagina.evaluate("dispatchEvent(new Event('online'))")
    expect(paradas.nth(1)).not_to_contain_text("por enviar")
    assert sorted((e["numero"], e["codigo"]) for lote in servidor.subidas for e in lote) == [
        (DOS, "EMI"),
        (UNO, "EMH"),
    ]
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name="Salir").click()
    dice(pagina, "Sin red no se puede salir")
    pagina.context.set_offline(False)
    pagina.get_by_role("button", name="Salir").click()
    pagina.wait_for_url("**/salir")
    assert pagina.evaluate("caches.has('hoja-de-ruta')") is False
    pagina.errores.clear()  # what the browser says of a network that is not there


def test_el_trabajador_del_sitio_no_borra_el_escaner(
    servidor: Servidor, telefono: Callable[..., Any]
) -> None:
    pagina = telefono()
    pagina.evaluate("navigator.serviceWorker.ready.then(() => true)")
    antes = pagina.evaluate("caches.keys()")
    pagina.evaluate(
        "navigator.serviceWorker.register('/sw.js').then(({ installing: nuevo }) => new Promise((bien) =>"
        " nuevo.addEventListener('statechange', () => nuevo.state === 'activated' && bien(true))))"
    )
    despues = pagina.evaluate("caches.keys()")
    assert [n for n in antes if n not in despues] == []
    assert len(despues) == len(antes) + 1


def test_la_hoja_es_de_su_persona_y_de_su_dia(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    servidor.rondas = [ronda(parada(UNO, "Ana"))]
    # A telephone that is three days late keeps it as long as any other.
    pagina = telefono("const ya = Date.now; Date.now = () => ya() - 3 * 86_400_000 + (globalThis.pasa ?? 0);")
    expect(pagina.locator("[data-hoja]")).to_be_visible()
    pagina.evaluate("globalThis.pasa = 3_700_000")
    pagina.context.set_offline(True)
    leer(pagina, UNO)
    expect(pagina.locator("[data-hoja]")).to_be_hidden()
    assert pagina.evaluate("caches.has('hoja-de-ruta')") is False

    pagina.context.set_offline(False)
    pagina.reload()
    expect(pagina.locator("[data-hoja]")).to_be_visible()
    servidor.persona, servidor.rondas = LUIS, []
    pagina.reload()
    dice(pagina, "Trabaja: Luis Prueba")
    expect(pagina.locator("[data-hoja]")).to_be_hidden()
    assert "Ana" not in pagina.evaluate("caches.match('/escaner/hoja').then((r) => r.text())")
    assert CARLA not in pagina.evaluate("caches.match('/escaner/hoja').then((r) => r.text())")
    pagina.errores.clear()


LLENO = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (valor, ...mas) {
  if (globalThis.lleno?.(valor)) throw new DOMException("no room", "QuotaExceededError");
  return put.call(this, valor, ...mas);
};
"""


def llenar(pagina: Any, cual: str) -> None:
    """Which records find no room: a function, in the page."""
    pagina.evaluate(f"() => {{ globalThis.veces = 0; globalThis.lleno = {cual}; }}")


def test_el_telefono_lleno_lo_dice_y_no_pierde_nada(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    pagina = telefono(LLENO)
    leer(pagina, UNO)
    enviado(pagina, UNO)
    # What was acknowledged makes room.
    llenar(pagina, "(l) => l.numero && !veces++")
    leer(pagina, DOS)
    enviado(pagina, DOS)
    assert UNO not in pagina.locator("[data-leidos]").inner_text()
    # With nothing left to let go of, it says so and what was typed stays.
    llenar(pagina, "(l) => l.numero")
    pagina.get_by_label("Número de envío").fill(TRES)
    pagina.keyboard.press("Enter")
    dice(pagina, "No se guardó. El teléfono está lleno: borre fotos")
    expect(pagina.get_by_label("Número de envío")).to_have_value(TRES)
    llenar(pagina, "null")
    pagina.keyboard.press("Enter")
    enviado(pagina, TRES)
    # Noted by the server and not written here: it waits, goes again, and is the same reading.
    llenar(pagina, "(l) => l.estado === 'hecha'")
    leer(pagina, UNO, codigo="EMA")
    dice(pagina, "1 lectura por enviar")
    dice(pagina, "El teléfono está lleno")
    llenar(pagina, "null")
    pagina.wait_for_selector("[data-cola]", state="hidden")
    ids = [e["id"] for lote in servidor.subidas for e in lote if e["codigo"] == "EMA"]
    assert len(ids) >= 2
    assert len(set(ids)) == 1


@pytest.mark.parametrize(
    "antes",
    [
        "IDBFactory.prototype.open = () => { throw new DOMException('x', 'SecurityError'); };",
        "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });",
    ],
)
def test_una_ventana_que_no_guarda_lo_dice_antes(telefono: Callable[..., Any], antes: str) -> None:
    pagina = telefono(antes)
    dice(pagina, "no deja guardar lecturas: ¿está en una ventana privada")
    expect(pagina.get_by_role("link", name="Página sencilla")).to_be_visible()
    expect(pagina.get_by_label("Qué pasó")).to_be_hidden()


def test_dos_personas_en_un_telefono(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    servidor.cola = lambda _escaneos: (503, "<html>")
    pagina = telefono()
    leer(pagina, UNO)
    dice(pagina, "se enviará solo en un momento")
    servidor.persona, servidor.cola = LUIS, None
    pagina.reload()
    dice(pagina, "Trabaja: Luis Prueba")
    dice(pagina, "1 lectura de otra persona: que ingrese en este teléfono para enviarlas")
    assert UNO not in pagina.locator("[data-leidos]").inner_text()
    leer(pagina, DOS)
    enviado(pagina, DOS)
    assert servidor.leidos() == [DOS]
    # Somebody else signed in meanwhile, in another tab: refused as a whole, and kept.
    servidor.persona = CARLA
    leer(pagina, TRES)
    dice(pagina, "1 lectura por enviar")
    pagina.reload()
    dice(pagina, "Trabaja: Carla Prueba")
    enviado(pagina, UNO)
    dice(pagina, "1 lectura de otra persona")
    assert servidor.leidos() == [DOS, UNO]
    pagina.errores.clear()


def test_la_sesion_termino_y_la_cola_sigue_al_ingresar(
    servidor: Servidor, telefono: Callable[..., Any]
) -> None:
    pagina = telefono()
    servidor.persona = None
    leer(pagina, UNO, DOS)
    dice(pagina, "2 lecturas por enviar")  # both are kept: the field is emptied before they are
    dice(pagina, "Su sesión terminó: ingrese para enviar lo que leyó. Nada se perdió.")
    enlace = pagina.get_by_role("link", name="Ingresar")
    assert enlace.get_attribute("href") == "/ingresar?volver=/escaner"
    servidor.persona = CARLA
    pagina.goto(f"{servidor.url}/escaner")  # where signing in comes back to
    pagina.wait_for_selector("html[data-listo]")
    pagina.wait_for_selector("[data-cola]", state="hidden")
    assert servidor.leidos() == [UNO, DOS]
    expect(enlace).to_be_hidden()
    pagina.errores.clear()


def test_lo_que_responda_el_servidor_no_pierde_nada(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    pagina = telefono(
        # What waits to be sent again waits little here.
        "const luego = setTimeout; globalThis.setTimeout = (f, ms) => luego(f, ms > 1500 ? 20 : ms);"
    )
    vistos: list[int] = []
    guion: list[Any] = [
        (429, {"codigo": "demasiado", "detail": "Espere."}),
        (500, "<html>"),
        (503, {"codigo": "ocupado", "detail": "Espere."}),
        None,
        (200, {"ahora_ms": 0}),
        (200, {"ahora_ms": 0, "resultados": []}),
        (200, "<html>la contraseña del wifi</html>"),
        (401, "<html>un proxy</html>"),
    ]

    def cola(escaneos: list[dict[str, Any]]) -> Any:
        vistos.append(len(escaneos))
        if guion:
            return guion.pop(0)
        if len(escaneos) > 2:  # half of the batch, then each of the others
            servidor.subidas.append(escaneos[:2])
            return 200, servidor.bien(escaneos[:2])
        if len(escaneos) == 2:
            return 413, "<html>nginx</html>"
        if escaneos[0]["numero"] == TRES:
            return 413, {"codigo": "http_413", "detail": "El archivo es demasiado grande"}
        return 200, None

    pagina.context.set_offline(True)
    leer(pagina, UNO, DOS)
    leer(pagina, UNO, TRES, codigo="EMA")
    dice(pagina, "4 lecturas por enviar")
    servidor.cola = cola
    pagina.context.set_offline(False)
    pagina.evaluate("dispatchEvent(new Event('online'))")
    pagina.wait_for_selector("[data-cola]", state="hidden")
    assert vistos == [4] * 8 + [4, 2, 1, 1]
    assert [(e["numero"], e["codigo"]) for lote in servidor.subidas for e in lote] == [
        (UNO, "EDG"),
        (DOS, "EDG"),
        (UNO, "EMA"),
    ]
    # What will not pass waits for its worker, who lets it go here: the server never had it.
    pendiente = pagina.locator("[data-por-resolver]")
    expect(pendiente).to_contain_text(TRES)
    expect(pendiente).to_contain_text("Pesa demasiado")
    pendiente.get_by_role("button", name="Descartar").click()
    expect(pendiente).to_be_hidden()
    expect(pagina.locator("[data-red]")).to_have_text("En línea")
    pagina.errores.clear()


def test_un_mandato_que_termino_no_atasca_la_cola(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    servidor.cola = lambda _escaneos: (403, {"codigo": "sin_facultad", "detail": "Ya no despacha ahí."})
    pagina = telefono()
    leer(pagina, UNO)
    dice(pagina, "Por resolver 1")
    dice(pagina, "Ya no despacha ahí")
    servidor.cola = None
    pagina.get_by_role("button", name="Enviar otra vez").click()
    enviado(pagina, UNO)
    pagina.errores.clear()


def test_un_reloj_tres_dias_adelantado(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    pagina = telefono("const ya = Date.now; Date.now = () => ya() + 3 * 86_400_000;")
    leer(pagina, UNO)
    enviado(pagina, UNO)
    ((leida,),) = servidor.subidas
    assert round(leida["desfase_ms"] / 86_400_000) == -3
    assert leida["enviado"]["ms"] >= leida["reloj"]["ms"]


# Faster than a loaded machine types by itself.
DE_UN_TIRON = """(texto) => {
  for (const key of texto) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    document.activeElement.value += key;
    document.activeElement.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}"""


def test_el_lector_escribe_con_y_sin_enter(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    pagina = telefono()
    pagina.get_by_label("Qué pasó").select_option("EDG")
    numero = pagina.get_by_label("Número de envío")
    teclado = pagina.keyboard
    pagina.locator("h1").evaluate("() => document.activeElement.blur()")  # nobody touched the field
    pagina.evaluate(DE_UN_TIRON, UNO)
    enviado(pagina, UNO)
    expect(numero).to_have_value("")
    teclado.type(DOS + "\n" + TRES + "\n")  # one after another, without waiting
    enviado(pagina, DOS)
    enviado(pagina, TRES)
    assert servidor.leidos() == [UNO, DOS, TRES]
    # Somebody who types it is not taken for a reader, nor half a number for one.
    teclado.type(UNO, delay=60)
    pagina.wait_for_timeout(400)
    expect(numero).to_have_value(UNO)
    numero.fill("")
    # A number that looks wrong is doubted once: an operator may call an item as it likes.
    teclado.type("RR99999999\n")
    dice(pagina, "debe tener 13 caracteres.* Si la etiqueta dice eso, anótelo otra vez")
    expect(numero).to_have_value("RR99999999")
    teclado.press("Enter")
    enviado(pagina, "RR99999999")
    servidor.subidas.pop()
    # At the door it is read first: the code comes next.
    pagina.get_by_label("Qué pasó").select_option("EMI")
    teclado.type(UNO + "\n")
    expect(pagina.get_by_label("Código de entrega")).to_be_focused()
    expect(numero).to_have_value(UNO)
    assert servidor.leidos() == [UNO, DOS, TRES]


def test_con_la_pagina_cerrada_envia_el_trabajador(servidor: Servidor, telefono: Callable[..., Any]) -> None:
    """And a new worker that comes while the queue waits changes nothing of it."""
    pagina = telefono()
    pagina.evaluate("navigator.serviceWorker.ready.then(() => true)")
    intentos: list[int] = []
    servidor.cola = lambda escaneos: (503, intentos.append(len(escaneos)) or "<html>")
    leer(pagina, UNO, DOS)
    dice(pagina, "2 lecturas por enviar")
    pagina.wait_for_timeout(1000)
    assert len(intentos) < 8  # it does not hammer on a server that does not answer
    servidor.version = "2"
    pagina.evaluate(
        "navigator.serviceWorker.getRegistration('/escaner').then((r) => new Promise((bien) => {"
        " navigator.serviceWorker.addEventListener('controllerchange', () => bien(true)); r.update(); }))"
    )
    pagina.reload()
    dice(pagina, "2 lecturas por enviar")

    cdp = pagina.context.new_cdp_session(pagina)
    registros: list[str] = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda e: registros.extend(
            r["registrationId"] for r in e["registrations"] if r["scopeURL"].endswith("/escaner")
        ),
    )
    pagina.goto(f"{servidor.url}/otra")
    cdp.send("ServiceWorker.enable")
    pagina.wait_for_timeout(200)

    def despertar() -> None:
        pedido = {
            "origin": servidor.url,
            "registrationId": registros[-1],
            "tag": "enviar",
            "lastChance": False,
        }
        cdp.send("ServiceWorker.dispatchSyncEvent", pedido)

    def cola() -> list[str]:
        return [c["value"] for c in pagina.context.cookies() if c["name"] == "qhatu_cola"]

    despertar()  # to a server that does not answer: it stays
    assert cola() == [f"{CARLA}.2"]
    servidor.cola = None
    despertar()
    for _ in range(400):
        if not cola():
            break
        pagina.wait_for_timeout(50)
    assert servidor.leidos() == [UNO, DOS]
    assert cola() == []
    pagina.goto(f"{servidor.url}/escaner")
    enviado(pagina, UNO)
    expect(pagina.locator("[data-cola]")).to_be_hidden()
    assert servidor.leidos() == [UNO, DOS]
    pagina.errores.clear()


SIN_LUGAR = "navigator.geolocation.getCurrentPosition = () => {};"  # asked, and never answered


def test_la_que_sigue_se_escribe_mientras_se_guarda_la_otra(
    servidor: Servidor, telefono: Callable[..., Any]
) -> None:
    pagina = telefono(LLENO + SIN_LUGAR)
    codigos = con_control("123456"), con_control("654321")

    def entregar(numero: str, codigo: str, antes: str = "") -> None:
        pagina.get_by_label("Qué pasó").select_option("EMI")
        pagina.get_by_label("Código de entrega").fill(codigo)
        pagina.get_by_label("¿Quién lo recibe?").select_option("vecino")
        pagina.get_by_label("Nombre de quien recibe").fill(f"Quien recibe {numero}")
        firmar(pagina)
        if antes:
            enviado(pagina, antes)
        pagina.get_by_label("Número de envío").fill(numero)
        pagina.keyboard.press("Enter")

    entregar(UNO, codigos[0])
    entregar(DOS, codigos[1], antes=UNO)
    enviado(pagina, DOS)
    dichas = {e["numero"]: e["entrega"] for lote in servidor.subidas for e in lote}
    assert {n: (e["codigo_entrega"], e["receptor_nombre"]) for n, e in dichas.items()} == {
        UNO: (codigos[0], f"Quien recibe {UNO}"),
        DOS: (codigos[1], f"Quien recibe {DOS}"),
    }
    # What finds no room comes back whole.
    llenar(pagina, "(l) => l.numero")
    entregar(TRES, codigos[0])
    dice(pagina, "No se guardó. El teléfono está lleno")
    expect(pagina.get_by_label("Número de envío")).to_have_value(TRES)
    expect(pagina.get_by_label("Código de entrega")).to_have_value(codigos[0])
    llenar(pagina, "null")
    pagina.keyboard.press("Enter")
    enviado(pagina, TRES)
    ultima = [e for lote in servidor.subidas for e in lote if e["numero"] == TRES][-1]["entrega"]
    assert (ultima["receptor_nombre"], ultima["relacion"]) == (f"Quien recibe {TRES}", "vecino")
