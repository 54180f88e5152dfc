"""Proofs by API and page, pending at first; the file checked offline, and every bit of it changed."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from constancia import comprobar_constancia, integrar_pendientes, merkle
from tests.ayudas.aplicacion import Reloj

Anotadas = Callable[..., list[bytes]]
API = "/api/v1/constancia"


@pytest.fixture
def arbol(anotadas: Anotadas, reloj: Reloj) -> list[bytes]:
    """Seven leaves in two signed batches, of three and four; their hashes by place."""
    from sqlmodel import col, select

    from constancia.modelos import Hoja
    from nucleo.bd import transaccion

    for cuantas in (3, 4):
        anotadas(cuantas, f"lote de {cuantas}")
        integrar_pendientes()
        reloj.adelantar(timedelta(minutes=1))
    with transaccion() as sesion:
        return list(sesion.exec(select(Hoja.hash).order_by(col(Hoja.indice))).all())


@pytest.fixture
def prueba(arbol: list[bytes], cliente: Any) -> dict[str, Any]:
    documento: dict[str, Any] = cliente.get(f"{API}/hojas/{arbol[4].hex()}/prueba").json()
    return documento


def test_antes_de_integrarse_esta_pendiente(anotadas: Anotadas, cliente: Any) -> None:
    (hash_,) = (h.hex() for h in anotadas(1))
    hoja = cliente.get(f"{API}/hojas/{hash_}").json()
    assert (hoja["estado"], hoja["indice"]) == ("pendiente", None)
    respuesta = cliente.get(f"{API}/hojas/{hash_}/prueba")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "constancia_pendiente")
    assert respuesta.headers["retry-after"] == "60"
    pagina = cliente.get(f"/constancia/hojas/{hash_}")
    assert pagina.status_code == 200
    assert "Pendiente" in pagina.text
    assert "entra al árbol en menos de un minuto" in pagina.text
    assert "Guardar la prueba" not in pagina.text
    assert "lo tendrán en menos de un minuto: 1." in cliente.get("/constancia").text

    integrar_pendientes()
    hoja = cliente.get(f"{API}/hojas/{hash_}").json()
    assert (hoja["estado"], hoja["indice"]) == ("integrada", 0)
    assert comprobar_constancia(cliente.get(f"{API}/hojas/{hash_}/prueba").json()) == []
    pagina = cliente.get(f"/constancia/hojas/{hash_}")
    assert "Es la hoja número 1 de las 1" in pagina.text
    assert "Es la única hoja de ese árbol" in pagina.text
    assert "en menos de un minuto" not in cliente.get("/constancia").text


def test_lo_que_no_hay(arbol: list[bytes], cliente: Any) -> None:
    for ruta, estado in (
        (f"{API}/hojas/{'0' * 64}", 404),
        (f"{API}/hojas/{'0' * 64}/prueba", 404),
        (f"/constancia/hojas/{'0' * 64}", 404),
        (f"{API}/hojas/{'A' * 64}", 422),
        (f"{API}/cabezas/4", 404),
        ("/constancia/cabezas/4", 404),
        (f"{API}/cabezas/0", 422),
        (f"{API}/hojas/{arbol[0].hex()}/prueba?tamano=4", 404),
        (f"{API}/consistencia?desde=3&hasta=4", 404),
        (f"{API}/consistencia?desde=7&hasta=3", 422),
        ("/constancia/consistencia?desde=7&hasta=3", 422),
        (f"{API}/consistencia?desde=3", 422),
    ):
        assert cliente.get(ruta).status_code == estado, ruta
    respuesta = cliente.get(f"{API}/hojas/{arbol[5].hex()}/prueba?tamano=3")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "hoja_posterior")


def test_cada_hoja_con_cada_cabeza(arbol: list[bytes], cliente: Any) -> None:
    for tamano in (3, 7):
        for indice, hash_ in enumerate(arbol[:tamano]):
            respuesta = cliente.get(f"{API}/hojas/{hash_.hex()}/prueba?tamano={tamano}")
            prueba = respuesta.json()
            assert prueba["ruta"] == [h.hex() for h in merkle.camino_de(indice, arbol[:tamano])]
            assert (prueba["indice"], prueba["cabeza"]["tamano"]) == (indice, tamano)
            assert prueba["cabeza"] == cliente.get(f"{API}/cabezas/{tamano}").json()
            assert comprobar_constancia(prueba, prueba["clave_publica"]) == []
            nombre = f'inline; filename="qhatu-constancia-{hash_.hex()[:12]}.json"'
            assert respuesta.headers["content-disposition"] == nombre


def test_las_cabezas_son_publicas(arbol: list[bytes], cliente: Any) -> None:
    primera = cliente.get(f"{API}/cabezas?limite=1").json()
    segunda = cliente.get(f"{API}/cabezas", params={"cursor": primera["siguiente"]}).json()
    assert [c["tamano"] for c in (*primera["datos"], *segunda["datos"])] == [7, 3]
    assert segunda["siguiente"] is None
    (clave,) = cliente.get(f"{API}/claves").json()["datos"]
    assert clave["id"] == primera["datos"][0]["clave"]
    assert clave["en_uso"]
    assert clave["pem"].startswith("-----BEGIN PUBLIC KEY-----\n")
    pagina = cliente.get("/constancia").text
    for cabeza in (*primera["datos"], *segunda["datos"]):
        assert cabeza["raiz"] in pagina
    assert clave["publica"] in pagina
    pagina = cliente.get("/constancia/cabezas/7").text
    assert primera["datos"][0]["firma"] in pagina
    assert "Entraron con esta cabeza: 4." in pagina
    assert pagina.count('href="/constancia/hojas/') == 4
    assert 'href="/constancia/consistencia?desde=3&amp;hasta=7"' in pagina


def test_sin_nada_anotado_las_paginas_lo_dicen(cliente: Any, bd: Any) -> None:
    assert "Todavía no hay cabezas" in cliente.get("/constancia").text
    assert cliente.get(f"{API}/cabezas").json() == {"datos": [], "siguiente": None}
    assert cliente.get(f"{API}/hojas").json() == {"datos": [], "siguiente": None}
    assert "Todavía no hay cabezas" in cliente.get("/constancia/consistencia").text


def test_con_las_hojas_cualquiera_recompone_el_arbol(arbol: list[bytes], cliente: Any) -> None:
    hojas, desde = [], "0"
    while desde is not None:
        pagina = cliente.get(f"{API}/hojas?desde={desde}&limite=2").json()
        hojas += pagina["datos"]
        desde = pagina["siguiente"]
    assert [h["indice"] for h in hojas] == list(range(7))
    raiz = merkle.raiz_de(merkle.hash_de_hoja(h["texto"].encode("ascii")) for h in hojas)
    assert raiz.hex() == cliente.get(f"{API}/cabezas").json()["datos"][0]["raiz"]


def test_una_cabeza_continua_a_la_otra(arbol: list[bytes], cliente: Any) -> None:
    prueba = cliente.get(f"{API}/consistencia?desde=3&hasta=7").json()
    raices = [bytes.fromhex(prueba[c]["raiz"]) for c in ("primera", "segunda")]
    assert merkle.consistente(3, 7, *raices, [bytes.fromhex(h) for h in prueba["ruta"]])
    assert cliente.get(f"{API}/consistencia?desde=7&hasta=7").json()["ruta"] == []
    pagina = cliente.get("/constancia/consistencia?desde=3&hasta=7").text
    assert "Las primeras 3 hojas de la cabeza de 7 son exactamente las de la cabeza de 3." in pagina
    assert all(hash_ in pagina for hash_ in prueba["ruta"])


def test_comparar_sin_decir_cuales_compara_las_dos_ultimas(arbol: list[bytes], cliente: Any) -> None:
    assert 'href="/constancia/consistencia"' in cliente.get("/constancia").text
    respuesta = cliente.get("/constancia/consistencia")
    assert respuesta.status_code == 200
    assert "Las primeras 3 hojas de la cabeza de 7 son exactamente" in respuesta.text


@pytest.mark.parametrize(
    ("consulta", "dice"),
    [
        ("desde=3", "Escriba cuántas hojas tiene una cabeza publicada."),
        ("desde=3&hasta=4", "No hay una cabeza de ese tamaño"),
        ("desde=3&hasta=-1", "Escriba cuántas hojas tiene una cabeza publicada."),
        ("desde=7&hasta=3", "Escriba primero el tamaño menor"),
        (f"desde=3&hasta={2**80}", "demasiado grande"),
    ],
)
def test_lo_que_no_se_puede_comparar_se_dice_en_la_pagina(
    arbol: list[bytes], cliente: Any, consulta: str, dice: str
) -> None:
    respuesta = cliente.get(f"/constancia/consistencia?{consulta}")
    assert respuesta.status_code == 422
    assert "<title>Error:" in respuesta.text
    assert dice in respuesta.text
    assert 'name="desde"' in respuesta.text
    assert f'value="{consulta[6]}"' in respuesta.text  # what was typed


def test_buscar_una_hoja(arbol: list[bytes], cliente: Any) -> None:
    respuesta = cliente.get("/constancia", params={"hash": f" {arbol[0].hex().upper()} "})
    assert (respuesta.status_code, respuesta.headers["location"]) == (
        303,
        f"/constancia/hojas/{arbol[0].hex()}",
    )
    respuesta = cliente.get("/constancia", params={"hash": "<b>"})
    assert respuesta.status_code == 422
    assert "<title>Error:" in respuesta.text
    assert "Escriba los 64 números y letras" in respuesta.text
    assert 'value="&lt;b&gt;"' in respuesta.text


# --- The file, without us -----------------------------------------------------------------------------------


def test_se_comprueba_sin_la_base_ni_la_red(prueba: dict[str, Any], tmp_path: Path) -> None:
    """In a process that nothing tells where a platform is."""
    archivo = tmp_path / "prueba.json"
    archivo.write_text(json.dumps(prueba))
    hecho = subprocess.run(
        [sys.executable, "-m", "plataforma.cli", "verify", "constancia", str(archivo)],
        capture_output=True,
        text=True,
        env={"PATH": "", "LANG": "C.UTF-8"},
        timeout=60,
        check=False,
    )
    assert (hecho.returncode, hecho.stderr) == (0, "")
    assert "✓ qhatu-hoja-v1|prueba|lote de 4/" in hecho.stdout
    assert "es la hoja 5 de las 7 firmadas el" in hecho.stdout
    assert "Compare esa clave con las publicadas" in hecho.stdout


def test_la_orden_dice_que_esta_mal(prueba: dict[str, Any], tmp_path: Path) -> None:
    from plataforma.cli import comandos
    from plataforma.servidores.procesos import ErrorDeArranque

    archivo = tmp_path / "prueba.json"

    def verificar(documento: Any, *opciones: str) -> tuple[int, str]:
        archivo.write_text(json.dumps(documento))
        hecho = CliRunner().invoke(comandos, ["verify", "constancia", str(archivo), *opciones])
        return hecho.exit_code, hecho.output

    for clave in (prueba["clave_publica"], prueba["cabeza"]["clave"]):
        codigo, salida = verificar(prueba, "--clave", clave)
        assert (codigo, "Compare" in salida) == (0, False), salida
    assert verificar(prueba, "--clave", "00" * 32) == (1, "✗ La clave no es la que se publicó.\n")
    assert verificar(prueba | {"indice": 3}) == (1, "✗ La ruta no lleva a la raíz firmada.\n")
    archivo.write_text("{")
    hecho = CliRunner().invoke(comandos, ["verify", "constancia", str(archivo)])
    assert isinstance(hecho.exception, ErrorDeArranque)
    assert "No se pudo leer" in str(hecho.exception)


def test_una_cabeza_de_otra_clave_no_pasa(prueba: dict[str, Any]) -> None:
    """Whoever signs the same root with their own key is found by the key that was published."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from constancia.firmas import bytes_de_cabeza, id_de_clave
    from constancia.presentar import de_iso_ms

    ajena = Ed25519PrivateKey.generate()
    publica = ajena.public_key().public_bytes_raw()
    falsa = copy.deepcopy(prueba)
    cabeza = falsa["cabeza"]
    mensaje = bytes_de_cabeza(cabeza["tamano"], de_iso_ms(cabeza["instante"]), bytes.fromhex(cabeza["raiz"]))
    cabeza["firma"] = ajena.sign(mensaje).hex()
    assert comprobar_constancia(falsa) == ["La firma no es de esa clave."]
    falsa["clave_publica"] = publica.hex()
    assert comprobar_constancia(falsa) == ["La clave no es la que dice la cabeza."]
    cabeza["clave"] = id_de_clave(publica).hex()
    assert comprobar_constancia(falsa) == []
    assert comprobar_constancia(falsa, prueba["clave_publica"]) == ["La clave no es la que se publicó."]


def test_lo_que_no_es_una_prueba(prueba: dict[str, Any]) -> None:
    rota = ["El archivo no es una prueba del registro público o está incompleto."]
    for malo in (
        None,
        [],
        {},
        "x",
        prueba | {"ruta": "x"},
        prueba | {"indice": True},
        prueba | {"texto": "ñ"},
    ):
        assert comprobar_constancia(malo) == rota
    for campo in prueba:
        assert comprobar_constancia({k: v for k, v in prueba.items() if k != campo}) == rota
    for instante in ("2026-13-01T00:00:00.000Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000+00:00"):
        assert comprobar_constancia(prueba | {"cabeza": prueba["cabeza"] | {"instante": instante}}) == rota
    for tamano in (0, -1, 7.0, True, 2**63):
        assert comprobar_constancia(prueba | {"cabeza": prueba["cabeza"] | {"tamano": tamano}}) == rota
    assert comprobar_constancia(prueba | {"version": "qhatu-constancia-v2"}) == [
        "La versión de la prueba no se conoce."
    ]


def _con_un_bit_menos(crudo: bytes, desde: int, hasta: int) -> Iterator[bytes]:
    for lugar in range(desde, hasta):
        for bit in range(8):
            yield crudo[:lugar] + bytes([crudo[lugar] ^ (1 << bit)]) + crudo[lugar + 1 :]


def test_cada_bit_del_archivo(prueba: dict[str, Any]) -> None:
    """All of them, one at a time: no file with one bit changed is a good proof (but in its instructions)."""
    como = prueba.pop("como_verificar")
    crudo = json.dumps(prueba, separators=(",", ":")).encode()
    probados = 0
    for otro in _con_un_bit_menos(crudo, 0, len(crudo)):
        probados += 1
        try:
            documento = json.loads(otro)
        except ValueError:
            continue
        if isinstance(documento, dict):
            documento["como_verificar"] = como
        assert comprobar_constancia(documento) != [], otro
    assert probados == 8 * len(crudo) > 7000


@settings(deadline=None, max_examples=300)
@given(st.integers(1, 40), st.data())
def test_un_bit_de_cualquier_arbol(n: int, datos: st.DataObject) -> None:
    """Trees of any size, made here: the same for each part of a proof."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from constancia.anotar import texto_de_hoja
    from constancia.firmas import bytes_de_cabeza, id_de_clave
    from constancia.presentar import de_iso_ms

    clave = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
    publica = clave.public_key().public_bytes_raw()
    textos = [texto_de_hoja("prueba", str(i), "c") for i in range(n)]
    hashes = [merkle.hash_de_hoja(t.encode()) for t in textos]
    i = datos.draw(st.integers(0, n - 1))
    raiz, instante = merkle.raiz_de(hashes), "2026-03-10T12:00:00.123Z"
    documento = {
        "version": "qhatu-constancia-v1",
        "hoja": {"tipo": "prueba", "objeto": str(i), "contenido": "c"},
        "texto": textos[i],
        "hash": hashes[i].hex(),
        "indice": i,
        "ruta": [h.hex() for h in merkle.camino_de(i, hashes)],
        "cabeza": {
            "tamano": n,
            "instante": instante,
            "raiz": raiz.hex(),
            "clave": id_de_clave(publica).hex(),
            "firma": clave.sign(bytes_de_cabeza(n, de_iso_ms(instante), raiz)).hex(),
        },
        "clave_publica": publica.hex(),
    }
    crudo = json.dumps(documento, separators=(",", ":")).encode()
    assert comprobar_constancia(documento | {"como_verificar": ""}) == []
    lugar = datos.draw(st.integers(0, len(crudo) - 1))
    for otro in _con_un_bit_menos(crudo, lugar, lugar + 1):
        try:
            malo = json.loads(otro)
        except ValueError:
            continue
        assert comprobar_constancia(malo | {"como_verificar": ""} if isinstance(malo, dict) else malo) != []


def firmada(tipo: str, objeto: str, contenido: str, instante: str) -> dict[str, Any]:
    """The proof of the only leaf of a tree, made here."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from constancia.anotar import texto_de_hoja
    from constancia.firmas import bytes_de_cabeza, id_de_clave
    from constancia.presentar import de_iso_ms

    clave = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
    publica = clave.public_key().public_bytes_raw()
    texto = texto_de_hoja(tipo, objeto, contenido)
    raiz = merkle.hash_de_hoja(texto.encode())
    return {
        "version": "qhatu-constancia-v1",
        "hoja": {"tipo": tipo, "objeto": objeto, "contenido": contenido},
        "texto": texto,
        "hash": raiz.hex(),
        "indice": 0,
        "ruta": [],
        "cabeza": {
            "tamano": 1,
            "instante": instante,
            "raiz": raiz.hex(),
            "clave": id_de_clave(publica).hex(),
            "firma": clave.sign(bytes_de_cabeza(1, de_iso_ms(instante), raiz)).hex(),
        },
        "clave_publica": publica.hex(),
        "como_verificar": "",
    }


def leida_de_otro_modo() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A good proof, and others of its very bytes: bars parted elsewhere, the instant spelt otherwise."""
    buena = firmada("oferta_sellada", "proceso", "una|otra|vigente", "2026-03-01T00:00:00.000Z")
    hojas = [
        {"tipo": "oferta_sellada", "objeto": "proceso|una", "contenido": "otra|vigente"},
        {"tipo": "oferta_sellada|proceso", "objeto": "una", "contenido": "otra|vigente"},
        {"tipo": "oferta_sellada", "objeto": "", "contenido": "proceso|una|otra|vigente"},
    ]
    instantes = ["2026-02-29T00:00:00.000Z", "2026-02-28T24:00:00.000Z"]
    return buena, [
        *(buena | {"hoja": hoja} for hoja in hojas),
        *(buena | {"cabeza": buena["cabeza"] | {"instante": instante}} for instante in instantes),
    ]


def test_de_un_texto_una_sola_lectura() -> None:
    buena, otras = leida_de_otro_modo()
    assert comprobar_constancia(buena) == []
    rota = ["El archivo no es una prueba del registro público o está incompleto."]
    assert [comprobar_constancia(otra) for otra in otras] == [rota] * 5
