"""The modules of the telephone against the same vectors as the server's code."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from envios.items.codigo_entrega import con_control, damm
from envios.s10.casa import generar_de_casa
from envios.s10.numeros import digito_verificador
from nucleo.plantillas import ESTATICOS

pytestmark = pytest.mark.navegador
CARPETA = ESTATICOS / "envios/escaner"


@pytest.fixture
def modulos(nueva_pagina: Callable[..., Any]) -> Callable[[str], Any]:
    """`modulos("js with s10, damm, reloj, hoja")` -> what it gives; served from nowhere, as a secure page."""
    pagina = nueva_pagina()

    def servir(ruta: Any) -> None:
        nombre = ruta.request.url.rsplit("/", 1)[-1]
        archivo = CARPETA / nombre
        if archivo.is_file():
            ruta.fulfill(body=archivo.read_text("utf-8"), content_type="text/javascript")
        else:
            ruta.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")

    pagina.route("http://localhost:9/**", servir)
    pagina.goto("http://localhost:9/vacia")
    importa = "".join(f"const {m} = await import('/{m}.js');" for m in ("s10", "damm", "reloj", "hoja"))
    return lambda codigo: pagina.evaluate(f"(async () => {{ {importa} return ({codigo}); }})()")


def test_los_mismos_digitos_que_el_servidor(modulos: Callable[[str], Any]) -> None:
    azar = random.Random(10)
    series = ["47312482", "12345678", *(f"{azar.randrange(10**8):08d}" for _ in range(300))]
    assert modulos(f"{json.dumps(series)}.map(s10.digito)") == [digito_verificador(s) for s in series]
    codigos = ["572", "043", *(f"{azar.randrange(10**6):06d}" for _ in range(300))]
    assert modulos(f"{json.dumps(codigos)}.map(damm.damm)") == [damm(c) for c in codigos]
    assert (damm("572"), damm("5724")) == (4, 0)  # Damm's own example


def test_lo_que_se_escribe_o_se_lee(modulos: Callable[[str], Any]) -> None:
    leidos = [
        " rr 473-124 829bo ",
        "https://q.bo/s/RR473124829BO",
        "RR473124829BO/",
        "ｒｒ473124829BO",
    ]
    assert modulos(f"{json.dumps(leidos)}.map(s10.deEtiqueta)") == ["RR473124829BO"] * 4
    numeros = ["RR473124829BO", "RR473124828BO", "RR47312482BO", "QX-99/2026", "??", ""]
    faltas = modulos(f"{json.dumps(numeros)}.map(s10.falta)")
    assert [bool(f) for f in faltas] == [False, True, True, True, True, True]
    # The house's own, in bars and in the QR; what an operator calls an item is for the server to know.
    casa = generar_de_casa(1005)
    malo = casa[:-1] + str((int(casa[-1]) + 1) % 10)
    leidos = [
        f" {casa[:5]}-{casa[5:].lower()}",
        f"https://q.bo/seguimiento/{casa}",
        f"HTTPSÑ--Q.BO-SEGUIMIENTO-{casa}",
    ]
    assert modulos(f"{json.dumps(leidos)}.map(s10.deEtiqueta)") == [casa] * 3
    numeros = [casa, malo, casa[:-1], "AB12", "QX99/2026", "0012345678"]
    faltas = modulos(f"{json.dumps(numeros)}.map(s10.falta)")
    assert [bool(f) for f in faltas] == [False, True, True, False, False, False]
    assert modulos(f"{json.dumps([casa, malo, 'RR473124829BO', 'AB12'])}.map(s10.entero)") == [
        True,
        False,
        True,
        False,
    ]
    bueno = con_control("042917")
    dichos = [bueno, f"{bueno[:3]} {bueno[3:]}", "042917", bueno[:6] + str((int(bueno[6]) + 1) % 10), ""]
    faltas = modulos(f"{json.dumps(dichos)}.map(damm.faltaCodigo)")
    assert [bool(f) for f in faltas] == [False, False, True, True, True]


def test_damm_ve_un_digito_cambiado_y_dos_vecinos_trocados() -> None:
    for codigo in ("0429175"[:6], "112233", "900001"):
        entero = con_control(codigo)
        for i, cifra in enumerate(entero):
            for otra in set("0123456789") - {cifra}:
                assert damm(entero[:i] + otra + entero[i + 1 :]) != 0
            if i and entero[i - 1] != cifra:
                assert damm(entero[: i - 1] + cifra + entero[i - 1] + entero[i + 1 :]) != 0


_RELOJ = """(() => {
  let pared = 1_000_000, continuo = 0;
  const r = new reloj.Reloj(() => pared, () => continuo);
  const pasa = (s, mueve = 0, duerme = 0) => { pared += (s + mueve + duerme) * 1000; continuo += s * 1000; };
  const leer = () => ({ ...r.leer(), desfase_ms: r.contacto?.desfase ?? null });
  const contacto = (adelanto) => { const { ms } = r.leer(); return r.contar(ms + adelanto * 1000, ms); };
  %s
})()"""


@pytest.mark.parametrize(
    ("historia", "espera"),
    [
        # set back in the middle: time goes on, the offset measured before still holds
        (
            "contacto(0); pasa(10); const a = leer(); pasa(5, -3600); const b = leer();"
            "return [b.ms - a.ms, reloj.desfaseDe(b, contacto(0))]",
            [5000, 0],
        ),
        # put forward between two contacts: each reading is measured by its own
        (
            "contacto(0); pasa(10); const a = leer(); pasa(5, 3600); const b = leer(); pasa(5);"
            "const c = contacto(-3600);"
            "return [a, b].map((l) => reloj.desfaseDe(l, c) / 1000)",
            [0, -3600],
        ),
        # it slept: nothing moved
        (
            "contacto(7); pasa(10); const a = leer(); pasa(5, 0, 1800); const b = leer();"
            "const c = contacto(7);"
            "return [a, b].map((l) => reloj.desfaseDe(l, c) / 1000)",
            [7, 7],
        ),
        # read before the first contact: measured by it
        ("const a = leer(); pasa(10); return [reloj.desfaseDe(a, contacto(3600)) / 1000]", [3600]),
    ],
)
def test_el_reloj_del_telefono(modulos: Callable[[str], Any], historia: str, espera: list[int]) -> None:
    assert modulos(_RELOJ % historia) == espera


def test_que_dice_la_hoja_de_cada_parada(modulos: Callable[[str], Any]) -> None:
    """By the last thing read of it; what was refused or waits for its recipient is not done."""
    lecturas = [
        {"numero": "A", "codigo": "EDG", "texto": "Salió a reparto", "estado": "hecha"},
        {"numero": "A", "codigo": "EMI", "estado": "espera"},
        {"numero": "B", "codigo": "EMI", "estado": "hecha", "resultado": {"por_confirmar": True}},
        {"numero": "C", "codigo": "EMH", "estado": "rechazada", "resultado": {}},
        {"numero": "D", "codigo": "EMI", "estado": "deshecha"},
    ]
    paradas = [{"numero": n, "estado": "En reparto", "terminada": False} for n in "ABCD"]
    marcas = modulos(f"{json.dumps(paradas)}.map((p) => hoja.marca(p, {json.dumps(lecturas)}))")
    assert [(m["texto"], m["tono"], m["dicho"]) for m in marcas] == [
        ("Entregado, por enviar", "bien", True),
        ("Entregado: por confirmar", "aviso", True),
        ("No se pudo entregar: por resolver", "mal", False),
        ("En reparto", "", False),
    ]
