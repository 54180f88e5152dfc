"""Whole pages kept with holes: what each answer has of its own, and the same bytes compressed."""

import gzip
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from starlette.requests import Request

from nucleo import plantillas, web
from nucleo.enteras import dibujar, dice_la_hora, id_de_formulario
from nucleo.textos import idioma


def _pagina(nonce: str) -> str:
    uno, otro = id_de_formulario(), id_de_formulario()
    largo = "<p>Té &amp; café de los Yungas</p>" * 3_000
    return f'<script nonce="{nonce}"></script>{largo}<i id="{uno}"><i for="{uno}"><b id="{otro}">{nonce}'


def test_cada_respuesta_llena_sus_huecos() -> None:
    entera, se_guarda = dibujar(_pagina)
    assert se_guarda
    vistos = set()
    for nonce in ("primero", "segundo"):
        html = entera.cuerpo(nonce).decode()
        assert html.startswith(f'<script nonce="{nonce}"></script><p>Té')
        assert html.endswith(nonce)
        uno, su_etiqueta, otro = re.findall(r'(?:id|for)="([^"]+)"', html)
        assert uno == su_etiqueta
        vistos |= {UUID(uno), UUID(otro)}
    assert len(vistos) == 4
    assert len(entera) < len(entera.cuerpo("nonce"))


def test_comprimida_es_la_misma() -> None:
    entera, _se_guarda = dibujar(lambda nonce: f"{nonce}ñandú{nonce}{nonce}" + "Manta, " * 50_000)
    for nonce in ("uno", "dos"):
        comprimida = entera.comprimido(nonce)
        assert gzip.decompress(comprimida) == entera.cuerpo(nonce)
        assert len(comprimida) < len(entera) / 100
    vacia, _se_guarda = dibujar(lambda _nonce: "")
    assert gzip.decompress(vacia.comprimido("uno")) == b""


def test_lo_que_dice_la_hora_no_se_guarda() -> None:
    def con_hora(_nonce: str) -> str:
        dice_la_hora()
        return "hace 3 minutos"

    entera, se_guarda = dibujar(con_hora)
    assert (entera.cuerpo("").decode(), se_guarda) == ("hace 3 minutos", False)
    assert dibujar(lambda _nonce: "")[1]  # of the next page, nothing is known
    UUID(id_de_formulario())  # outside of a drawing, an id


def _pedido(ruta: str = "/cosas", consulta: bytes = b"", cabeceras: Mapping[str, str] = {}) -> Request:
    crudas = [(nombre.encode(), valor.encode()) for nombre, valor in cabeceras.items()]
    scope = {"type": "http", "method": "GET", "path": ruta, "query_string": consulta, "headers": crudas}
    return Request(scope | {"state": {"nonce": "n1"}})


@pytest.fixture
def vistas(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was drawn, each with the template's name."""
    hechas: list[Any] = []

    def renderizar(nombre: str, **contexto: Any) -> str:
        hechas.append((nombre, contexto["cosa"]))
        return f"{nombre}: {contexto['cosa']}, {contexto['nonce']}"

    monkeypatch.setattr(web, "renderizar", renderizar)
    return hechas


def test_se_dibuja_una_vez_por_lo_que_muestra(vistas: list[Any]) -> None:
    def ver(request: Request, cosa: str) -> bytes:
        return bytes(web.pagina_recordada(request, "prueba-enteras", (cosa, 1), lambda: {"cosa": cosa}).body)

    assert ver(_pedido(), "a") == ver(_pedido(), "a") == b"prueba-enteras: a, n1"
    assert ver(_pedido(), "b") == b"prueba-enteras: b, n1"
    assert len(vistas) == 2
    ver(_pedido("/otras"), "a")
    ver(_pedido(consulta=b"orden=precio"), "a")
    assert len(vistas) == 4
    ficha = idioma.set("qu")
    try:
        ver(_pedido(), "a")
    finally:
        idioma.reset(ficha)
    assert len(vistas) == 5


@pytest.mark.parametrize(
    "cabeceras",
    [{"authorization": "Bearer x"}, {"cookie": "qhatu=x"}, {"cookie": "qhatu_mensaje=Listo"}],
    ids=["token", "sesion", "aviso"],
)
def test_lo_de_alguien_se_dibuja_cada_vez(cabeceras: dict[str, str], vistas: list[Any]) -> None:
    import ciudadania  # it tells the kernel who identifies themselves

    assert ciudadania
    for _vez in range(2):
        web.pagina_recordada(_pedido(cabeceras=cabeceras), "prueba-de-alguien", "a", lambda: {"cosa": "a"})
    assert len(vistas) == 2


def test_una_plantilla_editada_es_otra_edicion(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "componentes").mkdir()
    pieza = tmp_path / "componentes" / "pieza.html"
    pieza.write_text("antes")
    plantillas.entorno()  # of the true folder, for the tests to come
    monkeypatch.setattr(plantillas, "PLANTILLAS", tmp_path)
    monkeypatch.setattr(plantillas, "_ediciones", {})
    mirar = plantillas._edicion.__wrapped__
    primera = mirar(1)
    assert mirar(2) == primera
    os.utime(pieza, (1, 1))
    assert mirar(3) != primera
