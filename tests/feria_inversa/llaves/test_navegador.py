"""The same envelopes in the browser: the RFC's vectors, and each opens what the other sealed."""

import base64
from pathlib import Path
from typing import Any

import pytest

from feria_inversa.llaves import hpke
from tests.feria_inversa.llaves.test_sobres_sellados import A1, octetos

pytestmark = pytest.mark.navegador
MODULO = Path(__file__).parents[3] / "static" / "feria_inversa" / "hpke.js"
GUION = """async ({ a1, sobre }) => {
  const h = await import("/hpke.js");
  const de = (hex) => Uint8Array.from(hex.match(/../g), (par) => parseInt(par, 16));
  const m = a1.encryptions[0];
  const par = await h.parDe(de(a1.ikmR));
  const sellado = await h.sellar(de(a1.pkRm), de(a1.info), de(m.pt), de(a1.skEm), de(m.aad));
  const abierto = await h.abrir(de(a1.skRm), de(a1.info), de(a1.enc + m.ct), de(m.aad));
  const suyo = await h.sellar(par.publica, "info", new TextEncoder().encode("Bs 12,50 ñ"));
  const ajeno = await h.abrir(par.privada, "info", h.deBase64(sobre));
  return {
    sabe: await h.sabe(),
    par: [h.aHex(par.privada), h.aHex(par.publica)],
    sellado: h.aHex(sellado),
    abierto: h.aHex(abierto),
    suyo: h.aBase64(suyo),
    ajeno: new TextDecoder().decode(ajeno),
    no: await h.abrir(par.privada, "otra", h.deBase64(sobre)).then(() => false, () => true),
    huella: await h.huella(new TextEncoder().encode("abc")),
  };
}"""


def test_el_navegador_y_el_servidor_se_abren(nueva_pagina: Any) -> None:
    pagina = nueva_pagina()
    vacia = {"content_type": "text/html", "body": "<!doctype html><title>.</title>"}
    pagina.route("http://localhost/**", lambda ruta: ruta.fulfill(**vacia))
    modulo = {"content_type": "text/javascript", "body": MODULO.read_text(encoding="utf-8")}
    pagina.route("http://localhost/hpke.js", lambda ruta: ruta.fulfill(**modulo))
    pagina.goto("http://localhost/")
    sobre = hpke.sellar(octetos("pkRm"), "info", "Bs 7.777,70 é".encode())
    dicho = pagina.evaluate(GUION, {"a1": A1, "sobre": base64.b64encode(sobre).decode()})
    assert dicho["sabe"] is True
    assert dicho["par"] == [A1["skRm"], A1["pkRm"]]
    assert dicho["sellado"] == A1["enc"] + A1["encryptions"][0]["ct"]
    assert dicho["abierto"] == A1["encryptions"][0]["pt"]
    assert hpke.abrir(octetos("skRm"), "info", base64.b64decode(dicho["suyo"])).decode() == "Bs 12,50 ñ"
    assert (dicho["ajeno"], dicho["no"]) == ("Bs 7.777,70 é", True)
    assert dicho["huella"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
