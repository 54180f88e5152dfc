"""CUCE against the real processes that SICOES published."""

import csv
import os
from pathlib import Path

import pytest

from feria_inversa.entidades.cuce import Cuce, CuceInvalido

DATOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).resolve().parents[4] / "shared" / "datos"))


def test_lee_y_escribe_las_partes() -> None:
    cuce = Cuce.leer("24-0417-03-1422409-2-1")

    assert cuce == Cuce(2024, "0417", "03", 1422409, 2, 1)
    assert str(cuce) == "24-0417-03-1422409-2-1"
    assert not cuce.sin_convocatoria


def test_sin_convocatoria() -> None:
    cuce = Cuce.leer("23-0015-00-1414553-0-E")

    assert (cuce.convocatoria, cuce.publicacion) == (0, 0)
    assert cuce.sin_convocatoria
    assert str(cuce) == "23-0015-00-1414553-0-E"


def test_serie_de_seis_cifras_y_cero_perdido_de_la_entidad() -> None:
    assert str(Cuce(2026, "1201", "00", 7)) == "26-1201-00-000007-1-1"
    assert str(Cuce.leer(" 24-660-15-1422409-1-1 ")) == "24-0660-15-1422409-1-1"


def test_nueva_convocatoria_y_nueva_publicacion() -> None:
    cuce = Cuce.leer("26-1201-00-000007-1-2")

    assert str(cuce.siguiente_convocatoria()) == "26-1201-00-000007-2-1"
    assert str(cuce.siguiente_publicacion()) == "26-1201-00-000007-1-3"
    siguen = ["26-1201-00-000007-2-1", "26-1201-00-000007-1-3"]
    otros = [
        "26-1201-00-000007-1-2",
        "26-1201-00-000007-1-1",
        "26-1201-00-000008-2-1",
        "27-1201-00-000007-2-1",
    ]
    assert [Cuce.leer(texto).sigue_a(cuce) for texto in siguen + otros] == [True] * 2 + [False] * 4
    assert not Cuce.leer("26-1201-00-000007-0-E").sigue_a(cuce)


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "24-0417-03-1422409",
        "24-0417-03-1422409-0-1",
        "24-0417-03-1422409-1-0",
        "24-0417-03-1422409-1-E",
        "24-0417-03-0000000-1-1",
        "2024-0417-03-1422409-1-1",
        "24-0417-03-14224099-1-1",
        "24-04A7-03-1422409-1-1",
        "24-0417-03-١٤٢٢٤٠٩-1-1",
        "24-0417-03-1422409-1-1\n24",
    ],
)
def test_rechaza_lo_que_no_es_un_cuce(texto: str) -> None:
    with pytest.raises(CuceInvalido):
        Cuce.leer(texto)


def test_partes_fuera_de_rango() -> None:
    for gestion, entidad, unidad, serie in [
        (1999, "0417", "00", 1),
        (2026, "417", "00", 1),
        (2026, "0417", "0", 1),
        (2026, "0417", "00", 0),
    ]:
        with pytest.raises(CuceInvalido):
            Cuce(gestion, entidad, unidad, serie)


def test_todos_los_cuces_de_sicoes_van_y_vuelven() -> None:
    archivos = [DATOS / "sicoes" / n for n in ("convocatorias-202403.csv", "procesos-covid-2020-2022.csv")]
    if not all(archivo.exists() for archivo in archivos):
        pytest.skip("sin los datos de SICOES (QHATU_DATOS_EXTERNOS)")
    vistos: set[str] = set()
    for archivo in archivos:
        with archivo.open(encoding="utf-8") as lineas:
            vistos |= {fila["cuce"] for fila in csv.DictReader(lineas)}

    distintos = {cuce for cuce in vistos if str(Cuce.leer(cuce)) != cuce}

    assert len(vistos) == 12820
    # Three rows lost the leading zero of their entity; reading puts it back.
    assert distintos == {"24-660-15-1422409-1-1", "19-906-23-1039291-0-E", "20-906-23-1043098-0-E"}
