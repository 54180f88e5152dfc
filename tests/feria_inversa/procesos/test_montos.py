"""Exact amounts, units of measure and JSON numbers."""

import csv
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from feria_inversa.actos import Crudo, a_json
from feria_inversa.datos_abiertos.ocds import valor
from feria_inversa.precios.montos import sumar
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de, normalizar
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
    ("escrito", "codigo"),
    [
        ("PIEZA", "pieza"),
        ("PZAS.", "pieza"),
        ("INYECTA BLE", "ampolla"),
        ("COMPRI MIDOS", "comprimido"),
        ("Galón", "galon"),
        ("M2", "metro_cuadrado"),
        ("metros cuadrados", "metro_cuadrado"),
        ("GLB", "global"),
        ("KG.", "kilogramo"),
        ("caja x 100", None),
        ("", None),
    ],
)
def test_normaliza_lo_que_la_gente_escribe(escrito: str, codigo: str | None) -> None:
    assert normalizar(escrito) == codigo


def test_nombre_segun_la_cantidad() -> None:
    assert nombre_de("par", Decimal(1)) == "par"
    assert nombre_de("par", Decimal("1.5")) == "pares"


def test_ninguna_escritura_nombra_dos_unidades() -> None:
    for unidad in UNIDADES.values():
        for escrito in (unidad.codigo, unidad.nombre, unidad.plural, *unidad.sinonimos):
            assert normalizar(escrito) == unidad.codigo


def test_reconoce_nueve_de_cada_diez_items_de_sicoes() -> None:
    archivo = DATOS / "sicoes" / "items-covid-2020-2022.csv"
    if not archivo.exists():
        pytest.skip("sin los datos de SICOES (QHATU_DATOS_EXTERNOS)")
    with archivo.open(encoding="utf-8") as lineas:
        escritas = [fila["unidad_de_medida"] for fila in csv.DictReader(lineas)]

    reconocidas = sum(normalizar(escrita) is not None for escrita in escritas)

    assert len(escritas) == 14981
    assert reconocidas == 13795


def test_json_de_un_valor_se_lee_igual() -> None:
    assert json.loads(a_json(valor(bs("1234.50"))), parse_float=Decimal)["amount"] == Decimal("1234.50")
