"""The whole of the files of SICOES that we hold, in the market: its counts are those of the files, told apart
by Python's `csv`; brought twice, nothing changes."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

import feria_inversa.panorama.verificar  # noqa: F401 (it registers itself)
from feria_inversa.panorama import contar_mercado, llevar_historia
from nucleo.verificar import verificar
from tests.feria_inversa.importar.ayudas import CABEZA, DE_SICOES, MES, consultar, renglon, traer

VISTO = date(2026, 7, 1)
_TODO = "SELECT p::text FROM feria_mercado_proceso p UNION ALL SELECT i::text FROM feria_mercado_item i"
_CUENTAS = "SELECT c::text FROM feria_mercado_cuenta c ORDER BY 1"
_ETAPAS = {
    "Contratado": "adjudicado",
    "Adjudicado": "adjudicado",
    "Desierto Parcial": "adjudicado",
    "En curso": "en_curso",
    "Desierto": "desierto",
    "Vigente": "convocado",
    "Suspendido": "convocado",
    "Anulado desde la convocatoria": "sin_efecto",
    "Cancelado": "sin_efecto",
}


def _de_los_archivos() -> dict[str, dict[str, str]]:
    """Each process as a file says it, the first line of a code that comes twice (they say the same)."""
    procesos: dict[str, dict[str, str]] = {}
    for formato in ("convocatorias", "procesos"):
        with DE_SICOES[formato].open(encoding="utf-8") as archivo:
            for fila in csv.DictReader(archivo):
                procesos.setdefault(fila["cuce"].replace(" ", ""), fila)
    return procesos


def _cuentan(valores: Any) -> dict[str, int]:
    return {valor: cuantos for valor, cuantos in Counter(valores).items() if valor}


@pytest.mark.skipif(not MES.is_file(), reason="faltan los datos externos (QHATU_DATOS_EXTERNOS)")
def test_lo_de_sicoes_dos_veces_cuenta_lo_que_cuenta_el_archivo(bd: Engine) -> None:
    for ruta in DE_SICOES.values():
        traer(ruta, visto_en=VISTO)
    assert llevar_historia() == 4
    assert consultar(bd, "SELECT count(*), count(DISTINCT cuce), sum(items) FROM feria_mercado_proceso") == [
        (12820, 12820, 14981)
    ]
    contar_mercado()
    _cuenta_lo_mismo(bd)
    antes = sorted(consultar(bd, _TODO)), consultar(bd, _CUENTAS)
    assert verificar("mercado del Estado") == []

    for ruta in DE_SICOES.values():
        traer(ruta, visto_en=VISTO)
    assert llevar_historia() == 0
    contar_mercado()
    assert (sorted(consultar(bd, _TODO)), consultar(bd, _CUENTAS)) == antes


def _cuenta_lo_mismo(bd: Engine) -> None:
    procesos = _de_los_archivos().values()
    tipo = {"Bienes": "bienes", "Obras": "obras", "Consultoria": "consultoria", "": ""}
    esperado: dict[str, Callable[[dict[str, str]], str]] = {
        "modalidad": lambda f: f["modalidad"],
        "normativa": lambda f: f["normativa"],
        "etapa": lambda f: _ETAPAS[f["estado"]],
        "mes": lambda f: str(int(f["fecha_publicacion"][5:7])),
        "categoria": lambda f: tipo.get(
            f.get("tipo_de_contratacion", f.get("tipo_contratacion", "")), "servicios"
        ),
    }
    for que, leer in esperado.items():
        cuantos = _cuentan(map(leer, procesos))
        hay = consultar(
            bd,
            "SELECT cual, procesos FROM feria_mercado_cuenta WHERE anio = 0 AND corte = '' AND que = :que"
            " AND cual <> ''",
            que=que,
        )
        assert dict(hay) == cuantos, que
        if que != "mes":  # counted is what there is
            filas = consultar(
                bd, f"SELECT {que}, count(*) FROM feria_mercado_proceso WHERE {que} IS NOT NULL GROUP BY 1"
            )
            assert dict(filas) == cuantos, que
    entidades = Counter(f["cuce"].split("-")[1] for f in procesos)
    puestas = consultar(
        bd,
        "SELECT cual, procesos FROM feria_mercado_cuenta WHERE anio = 2024 AND corte = '' AND que = 'entidad'"
        " ORDER BY procesos DESC, cual",
    )
    del_mes = Counter(
        f["cuce"].split("-")[1] for f in procesos if f["fecha_publicacion"].startswith("2024-03")
    )
    assert entidades.keys() >= del_mes.keys()
    assert puestas == sorted(del_mes.items(), key=lambda par: (-par[1], par[0]))[:10]
    with DE_SICOES["items"].open(encoding="utf-8") as archivo:
        familias: Counter[str | None] = Counter(
            f["codigo_unspsc"].ljust(8, "0")[:4] for f in csv.DictReader(archivo)
        )
    hay = consultar(bd, "SELECT familia, count(*) FROM feria_mercado_item GROUP BY 1")
    familias[None] = familias.pop("0000")  # «0» is no code
    assert dict(hay) == familias


def test_lo_que_se_dice_de_otro_modo_cambia_su_fila_y_ninguna_otra(bd: Engine, duenio: Engine) -> None:
    """A later file tells otherwise of one process; a file that only repeats is no news but of the day."""
    traer(CABEZA + renglon(1), visto_en=date(2024, 4, 1))
    llevar_historia()
    de_antes = consultar(bd, "SELECT id, cuce, etapa, visto_en FROM feria_mercado_proceso ORDER BY cuce")
    assert [fila[1:] for fila in de_antes] == [
        ("24-0389-00-0000001-1-1", "convocado", date(2024, 4, 1)),
    ]
    traer(CABEZA + renglon(1, estado="Contratado") + renglon(3, estado="Desierto"), visto_en=date(2024, 6, 1))
    llevar_historia()
    ahora = consultar(bd, "SELECT id, cuce, etapa, visto_en FROM feria_mercado_proceso ORDER BY cuce")
    assert [fila[1:] for fila in ahora] == [
        ("24-0389-00-0000001-1-1", "adjudicado", date(2024, 6, 1)),
        ("24-0389-00-0000003-1-1", "desierto", date(2024, 6, 1)),
    ]
    assert ahora[0][0] == de_antes[0][0]
    assert verificar("mercado del Estado") == []
    with duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE feria_mercado_proceso SET objeto = 'Otra cosa' WHERE etapa = 'desierto'")
        )
    assert verificar("mercado del Estado") == [
        "24-0389-00-0000003-1-1: el mercado no dice lo que dice su fuente"
    ]
    with duenio.begin() as conexion:  # of a process of which no file tells
        conexion.execute(
            text(
                "UPDATE feria_mercado_proceso SET cuce = '24-0389-00-0000009-1-1', objeto = 'Otra cosa'"
                " WHERE etapa = 'desierto'"
            )
        )
    assert verificar("mercado del Estado") == [
        "24-0389-00-0000009-1-1: ninguna fuente dice lo que dice el mercado",
        "24-0389-00-0000003-1-1: el mercado no dice lo que dice su fuente",
    ]
