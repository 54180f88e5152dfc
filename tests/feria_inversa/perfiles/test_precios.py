"""The page, the sheet and the API of the prices of what is the same."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from feria_inversa.panorama import llevar_historia
from feria_inversa.perfiles import calcular_precios
from tests.feria_inversa.importar.ayudas import consultar, traer
from tests.feria_inversa.perfiles.ayudas import ITEMS_CABEZA, items, llevar

PAGINA = "/feria/mercado/precios"
GUANTES = [("GUANTES DE NITRILO", "CAJA", "", precio) for precio in ("60", "70", "80", "90", "100")]


def test_la_pagina_dice_de_cuantos_y_dibuja(cliente: TestClient, contar_consultas: Callable[[], Any]) -> None:
    llevar(*GUANTES, ("Guantes de goma", "par", "11", "10"), ("Traje", "GLB", "", "5"))
    with contar_consultas() as sentencias:
        pagina = cliente.get(PAGINA, params={"q": "guante"})
    assert len([s for s in sentencias if "feria_" in s]) <= 4
    texto = " ".join(pagina.text.replace("\xa0", " ").split())
    assert pagina.status_code == 200
    assert len(pagina.content) < 60_000
    assert 'GUANTES DE NITRILO, <span class="suave">por caja</span>' in texto
    assert '<tr><th scope="row">Mediana</th><td class="monto">Bs 80,00</td></tr>' in texto
    assert "5 precios de 5 procesos y 1 entidad, del 1 de marzo de 2024." in texto
    assert "Fuera de la cuenta: 5 líneas sin precio referencial." in texto
    # of the rubber ones there is one: its row, and no price
    assert texto.count("Muy poco para decir un precio") == 1
    assert "Son pocos: 1 precio de 1 proceso y 1 entidad" in texto
    assert "Bs 11,00</td>" in texto
    assert '<a href="/feria/mercado/entidades/0389">Alcaldía</a>' in texto
    assert 'href="/feria/mercado?q=guante"' in texto
    assert "Traje" not in texto


def test_lo_que_no_hay_y_lo_que_nadie_compro(cliente: TestClient) -> None:
    assert "Todavía no hay precios" in cliente.get(PAGINA).text
    llevar(*GUANTES)
    assert "Nada se llama así" in cliente.get(PAGINA, params={"q": "satélite"}).text
    assert "GUANTES DE NITRILO" in cliente.get(PAGINA).text
    raras = ("de la", "\0", "' OR 1=1 --", "()&|!:*", "x" * 200)
    assert {cliente.get(PAGINA, params={"q": raro}).status_code for raro in raras} == {200}
    assert cliente.get(PAGINA, params={"q": "x" * 201}).status_code == 422
    assert cliente.get(PAGINA, params={"cursor": "x"}).status_code == 422


def test_la_planilla_y_la_api_dicen_lo_mismo(cliente: TestClient) -> None:
    llevar(*GUANTES, ("Guantes de goma", "par", "11", "10"))
    hoja = cliente.get(f"{PAGINA}.csv", params={"q": "guantes"})
    assert hoja.headers["content-type"] == "text/csv; charset=utf-8"
    filas = list(csv.DictReader(io.StringIO(hoja.content.decode("utf-8-sig")), delimiter=";"))
    assert [(f["que"], f["precio"], f["precios"], f["mediana"], f["fuera_sin_precio"]) for f in filas] == [
        ("GUANTES DE NITRILO", "adjudicado", "5", "80", "0"),
        ("GUANTES DE NITRILO", "referencial", "0", "", "5"),
        ("Guantes de goma", "adjudicado", "1", "", "0"),
        ("Guantes de goma", "referencial", "1", "", "0"),
    ]
    api = "/api/v1/mercado/precios"
    una, goma = cliente.get(api, params={"q": "guantes"}).json()["datos"]
    montos = {"minimo": "60", "cuartil_1": "70", "mediana": "80", "cuartil_3": "90", "maximo": "100"}
    assert una["adjudicado"] == {
        "precios": 5,
        "procesos": 5,
        "entidades": 1,
        "desde": "2024-03-01",
        "hasta": "2024-03-01",
        "dice_un_precio": True,
        **{clave: {"monto": f"{monto}.00", "moneda": "BOB"} for clave, monto in montos.items()},
    }
    assert (una["referencial"], una["fuera_de_referencial"]["sin_precio"], una["muestra"]) == (None, 5, [])
    assert (goma["adjudicado"]["dice_un_precio"], goma["adjudicado"]["mediana"]) == (False, None)
    assert goma["muestra"] == [
        {
            "cuce": "24-0389-00-0000006-1-1",
            "entidad": "Alcaldía",
            "dia": "2024-03-01",
            "referencial": {"monto": "11.00", "moneda": "BOB"},
            "adjudicado": {"monto": "10.00", "moneda": "BOB"},
        }
    ]
    primera = cliente.get(api, params={"limite": 1}).json()
    segunda = cliente.get(api, params={"limite": 1, "cursor": primera["siguiente"]}).json()
    assert [p["datos"][0]["que"] for p in (primera, segunda)] == ["GUANTES DE NITRILO", "Guantes de goma"]


def test_lo_que_cambia_se_calcula_otra_vez(bd: Engine) -> None:
    """What a later file says of one item takes its price away from one thing and gives it to another."""
    llevar(*GUANTES)
    que_hay = "SELECT nombre, unidad, precios FROM feria_mercado_racimo ORDER BY nombre, unidad"
    assert consultar(bd, que_hay) == [("GUANTES DE NITRILO", "caja", 5)]
    traer(ITEMS_CABEZA + items(("GUANTES DE NITRILO", "PAR", "", "1")), visto_en=date(2024, 6, 1))
    llevar_historia()
    assert calcular_precios() == 2
    assert consultar(bd, que_hay) == [("GUANTES DE NITRILO", "caja", 4), ("GUANTES DE NITRILO", "par", 1)]
