"""The whole of the files of SICOES that we hold: taken in, taken in again, cut half way; their counts are
those of the file itself, by plain SQL over a raw COPY of it."""

import csv
import gzip
import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

from tests.feria_inversa.importar.ayudas import (
    DE_SICOES,
    DEL_MES_DE_SOCIEDATOS,
    MES,
    consultar,
    cuentas,
    todo,
    traer,
)

pytestmark = pytest.mark.skipif(not MES.is_file(), reason="faltan los datos externos (QHATU_DATOS_EXTERNOS)")
VISTO = date(2026, 7, 1)
# format: (lines, in, repeated, unread, with something to know)
CUENTAS = {
    "convocatorias": (9197, 9188, 9, 0, 0),
    "procesos": (3632, 3632, 0, 0, 0),
    "items": (14981, 14981, 0, 0, 0),
    "adjudicados": (4840, 4840, 0, 0, 0),
}


@contextmanager
def crudo(servidores: dict[str, Any], archivo: Path) -> Iterator[Any]:
    """The file as PostgreSQL reads it by itself: a table `crudo` of texts; a question of SQL at a time."""
    url = servidores["url_admin"].format(base=servidores["base"])
    with archivo.open(encoding="utf-8") as texto, psycopg.connect(url) as conexion:
        cabeza = next(csv.reader(texto))
        columnas = ", ".join(f'"{c}" text' for c in cabeza)
        conexion.execute(f"CREATE TEMP TABLE crudo (n bigint GENERATED ALWAYS AS IDENTITY, {columnas})")
        nombres = ", ".join(f'"{c}"' for c in cabeza)
        with conexion.cursor().copy(f"COPY crudo ({nombres}) FROM STDIN (FORMAT csv, HEADER)") as copia:
            copia.write(archivo.read_bytes())
        yield lambda sql: conexion.execute(sql).fetchall()


def _traer_todo() -> dict[str, tuple[int, ...]]:
    return {formato: cuentas(traer(ruta, visto_en=VISTO)) for formato, ruta in DE_SICOES.items()}


def test_dos_veces_es_una_y_las_cuentas_son_las_del_archivo(bd: Engine, servidores: dict[str, Any]) -> None:
    """The nine codes that the month repeats say the same twice: each is in once, at its first line."""
    primera = _traer_todo()
    assert {f: c[:4] for f, c in primera.items()} == {f: c[:4] for f, c in CUENTAS.items()}
    antes = todo(bd)
    assert [len(antes[t]) for t in ("proceso", "item", "adjudicado", "archivo")] == [12820, 14981, 4840, 4]

    segunda = [traer(ruta, visto_en=VISTO) for ruta in DE_SICOES.values()]
    assert {r.formato: cuentas(r) for r in segunda} == primera
    assert [r.estaba for r in segunda] == [True] * 4
    assert todo(bd) == antes
    _las_mismas_cuentas(bd, servidores)
    _las_fallas(bd, servidores)
    _las_nueve(bd)


def _las_mismas_cuentas(bd: Engine, servidores: dict[str, Any]) -> None:
    for formato, tipo in (("convocatorias", "tipo_de_contratacion"), ("procesos", "tipo_contratacion")):
        with crudo(servidores, DE_SICOES[formato]) as pedir:
            for columna, campo in (
                ("modalidad", "modalidad"),
                ("estado", "p.estado"),
                ("normativa", "normativa"),
                (tipo, "tipo"),
                ("entidad", "entidad"),
                ("fecha_publicacion", "publicado::text"),
                ("coalesce(nullif(fecha_presentacion, ''), '-')", "coalesce(presentacion::text, '-')"),
                ("left(cuce, 2)", "right(gestion::text, 2)"),
            ):
                esperado = pedir(
                    f"SELECT {columna}, count(DISTINCT cuce) FROM crudo WHERE {columna} IS NOT NULL "
                    "GROUP BY 1 ORDER BY 1"
                )
                hay = consultar(
                    bd,
                    f"SELECT btrim({campo}), count(*) FROM feria_historia_proceso p "
                    "JOIN feria_historia_archivo a ON a.id = p.archivo_id WHERE a.formato = :formato "
                    "GROUP BY 1",
                    formato=formato,
                )
                assert sorted(hay) == sorted(_recortadas(esperado)), (formato, columna)
    with crudo(servidores, DE_SICOES["items"]) as pedir:
        esperado = pedir(
            "SELECT sum(round(total_adjudicado::numeric, 2)), sum(round(monto_real_ejecutado::numeric, 2)), "
            "sum(round(precio_referencial_total::numeric, 2)), sum(round(cantidad::numeric, 4)), "
            "count(DISTINCT nombre_o_razon_social_del_proponente_adjudicado) FROM crudo"
        )
    hay = consultar(
        bd,
        "SELECT sum(total_adjudicado) / 100.0, sum(total_recibido) / 100.0, sum(total_referencial) / 100.0, "
        "sum(cantidad), count(DISTINCT proveedor) FROM feria_historia_item",
    )
    assert hay == esperado
    with crudo(servidores, DE_SICOES["adjudicados"]) as pedir:
        esperado = pedir(
            "SELECT sum(round(monto_de::numeric, 2)), sum(round(monto::numeric, 2)), "
            "count(DISTINCT nombre_proponente), count(nro_de) FROM crudo"
        )
    hay = consultar(
        bd,
        "SELECT sum(contrato_monto) / 100.0, sum(recibido_monto) / 100.0, count(DISTINCT proveedor), "
        "count(contrato) FROM feria_historia_adjudicado",
    )
    assert hay == esperado


def _recortadas(filas: list[Any]) -> list[tuple[str, int]]:
    """Names that only blanks told apart are the same."""
    sumas: dict[str, int] = {}
    for nombre, cuantas in filas:
        sumas[nombre.strip()] = sumas.get(nombre.strip(), 0) + cuantas
    return list(sumas.items())


def _las_fallas(bd: Engine, servidores: dict[str, Any]) -> None:
    """Noted, none mended; how many, by SQL over the file."""
    hay = {
        tabla: dict(
            consultar(bd, f"SELECT f, count(*) FROM feria_historia_{tabla}, unnest(fallas) f GROUP BY f")
        )
        for tabla in ("proceso", "item", "adjudicado")
    }
    assert hay == {
        "proceso": {"cuce_corregido": 3, "norma_es_departamento": 2, "sin_referencia": 1390},
        "item": {
            "adjudicado_distinto": 1483,
            "cuce_corregido": 2,
            "recibido_distinto": 3214,
            "redondeado": 11,
            "referencial_distinto": 3833,
            "sin_referencia": 4100,
            "vacio": 1,
        },
        "adjudicado": {"cuce_corregido": 2, "fecha_imposible": 2, "fechas_en_desorden": 1, "vacio": 5},
    }
    with crudo(servidores, DE_SICOES["items"]) as pedir:
        assert pedir(
            "SELECT count(*) FILTER (WHERE abs(cantidad::numeric * precio_referencial_unitario::numeric "
            "- precio_referencial_total::numeric) > 0.005), count(*) FILTER (WHERE "
            "precio_referencial_unitario IS NULL AND precio_referencial_total IS NULL "
            "AND codigo_unspsc IS NOT NULL) FROM crudo"
        ) == [(3833, 4100)]
    assert consultar(
        bd,
        "SELECT linea, campo, motivo, texto FROM feria_historia_linea WHERE motivo LIKE 'fecha%' "
        "ORDER BY 1, 2",
    ) == [
        (2972, "fecha_2", "fecha_imposible", "2121-03-22"),
        (3402, "fecha_1", "fecha_imposible", "0020-12-31"),
        (3402, "fecha_2", "fecha_imposible", "0021-12-31"),
    ]
    assert consultar(
        bd,
        "SELECT count(*) FILTER (WHERE unspsc LIKE '%0'), count(*), count(*) FILTER (WHERE unspsc_texto "
        "LIKE '%.0') FROM feria_historia_item WHERE unspsc IS NOT NULL",
    ) == [(14980, 14980, 3)]


def _las_nueve(bd: Engine) -> None:
    """Each repetition says which line it repeats, and what is in keeps the first one's."""
    hay = consultar(
        bd,
        "SELECT l.cuce, l.linea - l.otra_linea, p.linea = l.otra_linea FROM feria_historia_linea l "
        "JOIN feria_historia_proceso p ON p.archivo_id = l.otro_archivo_id AND p.cuce = l.cuce "
        "WHERE l.que = 'repetido' ORDER BY l.linea",
    )
    assert hay == [
        (cuce, 1, True)
        for cuce in (
            "23-1815-00-1415182-0-E",
            "24-0389-00-1415245-1-1",
            "24-0598-00-1415011-0-E",
            "24-0598-00-1415051-0-E",
            "24-0598-00-1415115-0-E",
            "24-0902-00-1415242-1-1",
            "24-1201-00-1393208-2-1",
            "24-1509-00-1415244-1-1",
            "24-1908-00-1407388-0-E",
        )
    ]


def test_el_mes_de_sociedatos_dice_lo_mismo_y_no_guarda_a_quien_atiende(bd: Engine, tmp_path: Path) -> None:
    """The same month in its other shape, columns in another order and who attends: nothing new, no person."""
    traer(MES, visto_en=VISTO)
    antes = todo(bd)
    otro, columnas = io.StringIO(), DEL_MES_DE_SOCIEDATOS.strip().split(",")
    with MES.open(encoding="utf-8", newline="") as texto:
        escritor = csv.DictWriter(otro, columnas, lineterminator="\n")
        escritor.writeheader()
        for fila in csv.DictReader(texto):
            escritor.writerow(fila | {"persona_contacto": "Xiomara Quenallata (Telf: 70000001)"})
    comprimido = tmp_path / "202403.csv.gz"
    comprimido.write_bytes(gzip.compress(otro.getvalue().encode()))

    assert cuentas(traer(comprimido, visto_en=VISTO)) == (9197, 0, 9197, 0, 0)
    ahora = todo(bd)
    assert ahora["proceso"] == antes["proceso"]
    assert "Quenallata" not in str(ahora)


MATARSE = """
import os, signal, sys
from datetime import date
from pathlib import Path
from feria_inversa.importar import Origen, cargar, importar
from nucleo.actor import Actor

cargar.LOTE = 1_000
anotar = cargar._Lector._anotar
leidos = 0

def matarse(self, lote, registro, dicho):
    global leidos
    leidos += 1
    if leidos == 4_500:
        os.kill(os.getpid(), signal.SIGKILL)
    anotar(self, lote, registro, dicho)

cargar._Lector._anotar = matarse
importar(Origen.de_ruta(Path(sys.argv[1])), Actor.sistema("quien prueba"), visto_en=date(2026, 7, 1))
"""


def test_matado_a_la_mitad_sigue_donde_estaba(bd: Engine) -> None:
    """What is in stays; who goes on begins below it, and in the end every line is in its place, once."""
    fin = subprocess.run(
        [sys.executable, "-c", MATARSE, str(MES)], cwd=Path(__file__).parents[3], check=False
    )
    assert fin.returncode == -signal.SIGKILL
    como = "SELECT estado, registros, hechos, repetidos, hasta_byte FROM feria_historia_archivo"
    [(estado, leidos, hechos, repetidos, byte)] = consultar(bd, como)
    assert (estado, leidos, hechos, repetidos) == ("en_marcha", 4000, 3991, 9)
    assert consultar(bd, "SELECT count(*) FROM feria_historia_proceso") == [(3991,)]
    assert 0 < byte < MES.stat().st_size

    avances: list[int] = []
    r = traer(MES, visto_en=VISTO, progreso=lambda hecho, _total: avances.append(hecho))
    assert (cuentas(r), r.terminado, r.estaba) == ((9197, 9188, 9, 0, 0), True, False)
    assert avances[0] > byte
    assert avances[-1] == MES.stat().st_size
    lineas = consultar(
        bd,
        "SELECT linea FROM feria_historia_proceso UNION ALL SELECT linea FROM feria_historia_linea "
        "WHERE que <> 'aviso' ORDER BY 1",
    )
    with MES.open(encoding="utf-8", newline="") as texto:
        lector = csv.reader(texto)
        empiezan, _cabeza = [], next(lector)
        while True:
            antes = lector.line_num + 1
            if next(lector, None) is None:
                break
            empiezan.append((antes,))
    assert lineas == empiezan
