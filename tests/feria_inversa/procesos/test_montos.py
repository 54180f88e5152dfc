"""Exact amounts, units of measure and JSON numbers."""

import csv
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from feria_inversa.actos import Crudo, a_json
from feria_inversa.datos_abiertos.piezas import valor
from feria_inversa.precios.leer_medida import Medida, leer_medida
from feria_inversa.precios.montos import sumar
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de
from nucleo.dinero import bs
from nucleo.lectores import total_de_linea

DATOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).resolve().parents[4] / "shared" / "datos"))


@pytest.mark.parametrize(
    ("cantidad", "precio", "total"),
    [
        ("3", "12.50", "37.50"),
        ("0.5", "0.01", "0.01"),  # half a centavo goes up
        ("1.5", "0.01", "0.02"),
        ("2.5", "0.01", "0.03"),
        ("0.125", "10.00", "1.25"),
        ("0.3333", "3.00", "1.00"),
        ("9999999999.9999", "0.01", "100000000.00"),
        ("1000000", "9999999.99", "9999999990000.00"),
    ],
)
def test_total_de_linea_redondea_la_mitad_hacia_arriba(cantidad: str, precio: str, total: str) -> None:
    assert total_de_linea(Decimal(cantidad), bs(precio)) == bs(total)


def test_sumar_nada_es_cero() -> None:
    assert sumar([]) == bs(0)
    assert sumar([bs("0.10"), bs("0.20")]) == bs("0.30")


def test_json_escribe_decimales_exactos() -> None:
    assert a_json(valor(bs("0.10"))) == '{"amount":0.10,"currency":"BOB"}'
    assert a_json([Decimal("9999999999999.99"), Decimal("100"), Decimal("1E+2"), Crudo('{"a":1}')]) == (
        '[9999999999999.99,100,100,{"a":1}]'
    )
    assert (
        a_json({"ñ": '«a»\n"b"', "n": None, "v": True, "i": 3})
        == '{"ñ":"«a»\\n\\"b\\"","n":null,"v":true,"i":3}'
    )


def test_json_rechaza_coma_flotante_y_lo_que_no_es_numero() -> None:
    with pytest.raises(TypeError):
        a_json({"amount": 0.1})
    with pytest.raises(ValueError, match="NaN"):
        a_json(Decimal("NaN"))


@pytest.mark.parametrize(
    ("escrito", "medida"),
    [
        ("PIEZA", Medida("pieza")),
        ("PZAS.", Medida("pieza")),
        ("INYECTA BLE", Medida("ampolla")),
        ("COMPRI MIDOS", Medida("comprimido")),
        ("Galón", Medida("galon")),
        ("M2", Medida("metro_cuadrado")),
        ("metros cuadrados", Medida("metro_cuadrado")),
        ("GLB", Medida("global")),
        ("KG.", Medida("kilogramo")),
        ("P/SERV", Medida("servicio")),
        ("SET/SET", Medida("juego")),
        ("Supositori", Medida("supositorio")),  # cut by its column
        ("Solución p", Medida("solucion")),  # of which kind, it does not say
        ("FRASCO DE", Medida("frasco")),
        ("Sobre Estéril 5x7cm", Medida("sobre")),
        ("caja x 100", Medida("caja", Decimal(100))),
        ("CAJAX10 0", Medida("caja", Decimal(100))),
        ("PQ/10 UNID", Medida("paquete", Decimal(10), "unidad")),
        ("BOLSA DE 40 KG", Medida("bolsa", Decimal(40), "kilogramo")),
        ("FRASCO/ FRASCO DE 1LT", Medida("frasco", Decimal(1), "litro")),
        ("Frasco x 0.5 ml", Medida("frasco", Decimal("0.5"), "mililitro")),
        ("SET/SET 6X5ML", Medida("juego", Decimal(30), "mililitro")),
        ("10 PQT X JABA", Medida("jaba", Decimal(10), "paquete")),
        ("1/2@", Medida("arroba", Decimal("0.5"), "arroba")),
        ("5 LITROS", Medida("litro", Decimal(5), "litro")),
    ],
)
def test_lee_lo_que_la_gente_escribe(escrito: str, medida: Medida) -> None:
    assert leer_medida(escrito) == medida


@pytest.mark.parametrize(
    "escrito",
    [
        "",
        "1.0",
        "500 mg",
        "100 UI/ml",
        "VEHICUL O",
        "pieza/par",
        "Cápsula o",
        "COMPRI",
        "PIEZA34",
        "PEZAS",
        "x",
        "9" * 99,
    ],
)
def test_lo_que_no_se_entiende_no_se_adivina(escrito: str) -> None:
    assert leer_medida(escrito) is None


def test_nombre_segun_la_cantidad() -> None:
    assert nombre_de("par", Decimal(1)) == "par"
    assert nombre_de("par", Decimal("1.5")) == "pares"


def test_ninguna_escritura_nombra_dos_unidades() -> None:
    for unidad in UNIDADES.values():
        for escrito in (unidad.codigo, unidad.nombre, unidad.plural, *unidad.sinonimos):
            assert leer_medida(escrito) == Medida(unidad.codigo), escrito


def test_entiende_noventa_y_ocho_de_cada_cien_items_de_sicoes() -> None:
    archivo = DATOS / "sicoes" / "items-covid-2020-2022.csv"
    if not archivo.exists():
        pytest.skip("sin los datos de SICOES (QHATU_DATOS_EXTERNOS)")
    with archivo.open(encoding="utf-8") as lineas:
        escritas = [fila["unidad_de_medida"] for fila in csv.DictReader(lineas)]

    leidas = sum(leer_medida(escrita) is not None for escrita in escritas)

    assert len(escritas) == 14981
    assert leidas == 14685  # 98,02 %


def test_json_de_un_valor_se_lee_igual() -> None:
    assert json.loads(a_json(valor(bs("1234.50"))), parse_float=Decimal)["amount"] == Decimal("1234.50")
