"""The State's market at a million processes against ten thousand: whole pages, 8 connections.

One server, two databases that share the first ten thousand; each has its own uvicorn, asked by turns. Eight
hundred entities in ten years; a word in eight processes, and some that few say; counts are made before.
`python -m bench mercado`; `QHATU_BENCH_PROCESOS` says how many are many.
"""

import os
import subprocess
import sys
import time
from contextlib import ExitStack

import psycopg

from bench.apoyo import RAIZ, Fila, banco, mediana
from bench.comercio_datos import Medida, preparar, servidor_web

POCOS, MUCHOS = 10_000, int(os.environ.get("QHATU_BENCH_PROCESOS", "1000000"))
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "3"))
SEGUNDOS = float(os.environ.get("QHATU_BENCH_SEGUNDOS", "4"))
LOTE, OBJETIVO = 100_000, 2.0
PAGINAS = [
    ("sin filtros", "/feria/mercado"),
    ("un año", "/feria/mercado?anio=2024"),
    ("un departamento", "/feria/mercado?departamento=02&anio=2023"),
    ("una palabra de muchos", "/feria/mercado?q=uniformes"),
    ("dos palabras, un lugar", "/feria/mercado?q=uniformes+hospital&departamento=03"),
    ("una palabra de pocos", "/feria/mercado?q=marimba"),
    ("una familia y su unidad", "/feria/mercado?familia=5310&unidad=pieza"),
    ("una entidad", "/feria/mercado?entidad=0389"),
    ("tres cosas", "/feria/mercado?modalidad=LP&departamento=07&categoria=obras"),
    ("abiertas", "/feria/mercado?etapa=abierto&q=uniformes"),
]
_INDICES = """
    SELECT CAST(indexrelid AS regclass), pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = 'feria_mercado_proceso'::regclass AND NOT indisunique
"""
_QUE = [
    "Mobiliario",
    "Alimentos",
    "Uniformes",
    "Cemento",
    "Medicamentos",
    "Transporte",
    "Imprenta",
    "Limpieza",
]
_PARA = ["escuelas", "hospital", "alcaldía", "cuartel", "biblioteca", "mercado", "estadio", "albergue"]
_PROCESOS = """
    INSERT INTO feria_mercado_proceso (archivo_id, linea, cuce, gestion, entidad_codigo, entidad, objeto,
        categoria, modalidad, normativa, etapa, estado, publicado, presentacion, cierra_en, departamento,
        fallas, visto_en, items, familias, unidades, busqueda)
    SELECT 1, n + 1, right(anio::text, 2) || '-' || lpad((n %% 800)::text, 4, '0') || '-00-'
            || lpad(n::text, 7, '0') || '-1-1', anio, lpad((n %% 800)::text, 4, '0'), 'Entidad ' || n %% 800,
        objeto, (ARRAY['bienes', 'servicios', 'obras', 'consultoria'])[1 + n %% 4],
        (ARRAY['CM', 'CM', 'CM', 'ANPE', 'ANPE', 'LP', 'CD', 'ANPP'])[1 + n / 3 %% 8],
        (ARRAY['NB-SABS (D.S.0181)', 'Compro Hecho en Bolivia (D.S.4505)'])[1 + (n %% 11 / 10)],
        CASE WHEN n %% 500 = 0 THEN 'convocado' WHEN n %% 10 = 1 THEN 'desierto' ELSE 'adjudicado' END,
        'Contratado', dia, dia + 5, CASE WHEN n %% 500 = 0 THEN now() + interval '3 days' END,
        '0' || 1 + n / 7 %% 9, '{}', '2026-07-01', 1,
        CASE WHEN n %% 90 = 0 THEN '{5310}' ELSE '{}' END::varchar[], '{pieza}',
        to_tsvector('feria_es', objeto)
    FROM generate_series(%(desde)s::int, %(hasta)s::int) AS n
    CROSS JOIN LATERAL (SELECT '2016-01-01'::date + (n::bigint * 48271 %% 3800)::int AS dia) d
    CROSS JOIN LATERAL (SELECT extract(year FROM dia)::smallint AS anio) a
    CROSS JOIN LATERAL (SELECT format('%%s para %%s, lote %%s%%s', (%(que)s::text[])[1 + n / 5 %% 8],
        (%(para)s::text[])[1 + n / 13 %% 8], n, CASE WHEN n %% 2000 = 3 THEN ' y marimba' END) AS objeto) o
"""
_CONTAR = "from feria_inversa.panorama import contar_mercado\ncontar_mercado()\n"


def medir() -> list[Fila]:
    with banco() as b, ExitStack() as pila:
        preparar(b.url_dueno)
        _cargar(b.url_dueno, 1, POCOS)
        _contar(b.url)
        de_pocos = f"qhatu_{POCOS}"
        with psycopg.connect(_otra(b.url_admin, "postgres"), autocommit=True) as conexion:
            conexion.execute(f"CREATE DATABASE {de_pocos} TEMPLATE qhatu")
        _cargar(b.url_dueno, POCOS + 1, MUCHOS)
        tardo = _contar(b.url)
        servidores = [servidor_web(url) for url in (b.url, _otra(b.url, de_pocos))]
        muchos, pocos = (
            Medida(*pila.enter_context(servidor), b.postgres.proceso.pid, SEGUNDOS) for servidor in servidores
        )
        filas = [_comparar(nombre, ruta, muchos, pocos) for nombre, ruta in PAGINAS]
        nota = f"contar {MUCHOS} procesos: {tardo:.1f} s con el arranque"
        return [*filas, Fila("contar todo otra vez", MUCHOS / tardo, 0, None, nota)]


def _comparar(nombre: str, ruta: str, muchos: Medida, pocos: Medida) -> Fila:
    def rapidez(medida: Medida) -> tuple[float, float, float, float]:
        return medida.turnos(lambda _turno: [("GET", ruta, b"\r\n")])

    for medida in (muchos, pocos):
        rapidez(medida)
    rondas = [(rapidez(muchos), rapidez(pocos)) for _ in range(RONDAS)]
    razones = [m[1] / p[1] for m, p in rondas]
    m95, p95 = (mediana([r[n][1] for r in rondas]) for n in (0, 1))
    nota = f"{min(razones):.2f} a {max(razones):.2f}; p95 {m95:.0f} y {p95:.0f} ms"
    return Fila(f"p95, {nombre}", mediana([r[0][0] for r in rondas]), mediana(razones), OBJETIVO, nota)


def _contar(url: str) -> float:
    """In a process of its own, so that settings are read afresh."""
    antes = time.monotonic()
    entorno = os.environ | {"QHATU_BASE_DATOS_URL": url}
    subprocess.run([sys.executable, "-c", _CONTAR], cwd=RAIZ, check=True, env=entorno)
    return time.monotonic() - antes


def _cargar(url: str, desde: int, hasta: int) -> None:
    """As they would be left; indexes are built at the end."""
    with psycopg.connect(url, autocommit=True) as conexion:
        indices = conexion.execute(_INDICES).fetchall()
        for nombre, _orden in indices:
            conexion.execute(f"DROP INDEX {nombre}")
        for primero in range(desde, hasta + 1, LOTE):
            lote = {"desde": primero, "hasta": min(primero + LOTE - 1, hasta), "que": _QUE, "para": _PARA}
            conexion.execute(_PROCESOS, lote)
        for _nombre, orden in indices:
            conexion.execute(orden)
        conexion.execute("VACUUM ANALYZE feria_mercado_proceso")


def _otra(url: str, base: str) -> str:
    return url.replace("/qhatu?", f"/{base}?")
