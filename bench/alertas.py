"""New processes against saved searches in one pass, against the cost of reading both.

10.000 saved searches of the fair and 1.000 processes that have just been published, of real titles.
Reading is the floor of any way of doing it: every search with its terms and every process with its words,
into the program. Rounds by turns; `python -m bench alertas`.
"""

import csv
import os
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text

from bench.apoyo import Banco, Fila, banco, mediana

BUSQUEDAS, PROCESOS, RONDAS = 10_000, 1_000, 7
CODIGO = "feria.convocatorias"
ARCHIVO = Path(os.environ.get("QHATU_DATOS_EXTERNOS", ".")) / "sicoes/convocatorias-202403.csv"


def medir() -> list[Fila]:
    if not ARCHIVO.exists():
        raise SystemExit("Falta sicoes/convocatorias-202403.csv: diga dónde en QHATU_DATOS_EXTERNOS.")
    with banco() as b:
        _sembrar(b)
        return _medir(b)


def _sembrar(b: Banco) -> None:
    """The processes are real ones of a month; each search, one to three words of another's title, and of two
    in three, its department: as the room saves them, the longest word first.
    """
    with ARCHIVO.open(newline="") as entrada:
        reales = [(f["objeto_de_contratacion"], f["departamento"]) for f in csv.DictReader(entrada)]
    azar = random.Random(12)
    azar.shuffle(reales)
    with psycopg.connect(b.url_admin, autocommit=True) as conexion:
        dichos = _terminos(conexion, [objeto for objeto, _departamento in reales])
        en_cuantos = Counter(termino for terminos in dichos for termino in terminos)
        de_donde = [f"d:{departamento}" for _objeto, departamento in reales]
        conexion.execute("CREATE TABLE bench_proceso (id uuid PRIMARY KEY, terminos text[] NOT NULL)")
        conexion.execute("GRANT SELECT ON bench_proceso TO qhatu_aplicacion")
        conexion.execute("DROP INDEX uq_alertas_alerta_lugar")  # of one owner, whose places are not measured
        conexion.execute("SET session_replication_role = replica")
        cursor = conexion.cursor()
        with cursor.copy("COPY bench_proceso FROM STDIN") as copia:
            for n in range(PROCESOS):
                copia.write_row((uuid.uuid4(), [*dichos[n], de_donde[n], "c:bienes"]))
        with cursor.copy(
            "COPY alertas_alerta (id, terminos, ancla, criterios, lugar, persona_id, emparejador, nombre,"
            " frecuencia, por_webhook, creado_en, vence_en) FROM STDIN"
        ) as copia:
            for n in range(BUSQUEDAS):
                cual = azar.randrange(PROCESOS, len(reales))
                dicen = [t for t in dichos[cual] if en_cuantos[t] <= DICE_ALGO * len(reales)] or ["p:ninguna"]
                elegidas = azar.sample(dicen, min(len(dicen), azar.choice((1, 2, 2, 3))))
                elegidas.sort(key=len, reverse=True)
                terminos = elegidas + ([de_donde[cual]] if n % 3 else [])
                resto = (CODIGO, "Búsqueda", "al_momento", False, "2026-01-01", "2036-01-01")
                criterios = f'{{"n": {n}}}'
                copia.write_row((uuid.uuid4(), terminos, terminos[0], criterios, 1, uuid.uuid4(), *resto))
        conexion.execute("VACUUM ANALYZE alertas_alerta, bench_proceso")


DICE_ALGO = 0.01
"""A search is of words that say something, as «adquisición» does not: of one title in a hundred, or fewer."""


def _terminos(conexion: psycopg.Connection[Any], objetos: list[str]) -> list[list[str]]:
    filas = conexion.execute(
        "SELECT tsvector_to_array(to_tsvector('feria_es', o.objeto)) FROM unnest(%s::text[])"
        " WITH ORDINALITY AS o (objeto, n) ORDER BY o.n",
        [objetos],
    )
    return [[f"p:{lexema}" for lexema in lexemas] for (lexemas,) in filas]


def _medir(b: Banco) -> list[Fila]:
    from plataforma.habitaciones import modulos

    modulos("manejadores")
    from alertas import Objeto, emparejar, emparejar_varios
    from nucleo.bd import transaccion

    def leer(sesion: Any) -> dict[uuid.UUID, list[str]]:
        busquedas = text(
            "SELECT id, terminos, ancla, desde, hasta, frecuencia FROM alertas_alerta"
            " WHERE emparejador = :codigo AND baja_en IS NULL"
        )
        conexion = sesion.connection()
        assert len(conexion.execute(busquedas, {"codigo": CODIGO}).all()) == BUSQUEDAS
        return {f.id: f.terminos for f in conexion.execute(text("SELECT id, terminos FROM bench_proceso"))}

    def solo_leer() -> int:
        with transaccion() as sesion:
            return len(leer(sesion))

    def de_una_vez() -> int:
        with transaccion() as sesion:
            procesos = sesion.connection().execute(text("SELECT id, terminos FROM bench_proceso"))
            return emparejar_varios(sesion, CODIGO, {f.id: Objeto(f.terminos) for f in procesos})

    def uno_a_uno() -> int:
        with transaccion() as sesion:
            procesos = sesion.connection().execute(text("SELECT id, terminos FROM bench_proceso")).all()
            return sum(emparejar(sesion, CODIGO, f.id, Objeto(f.terminos)) for f in procesos)

    def tardar(hacer: Callable[[], int]) -> tuple[float, int]:
        _vaciar(b)
        empieza = time.perf_counter()
        hallados = hacer()
        return time.perf_counter() - empieza, hallados

    tardan: dict[str, list[float]] = {"leer": [], "una": [], "otra vez": []}
    hallados = 0
    for _ in range(RONDAS):
        tardan["leer"].append(tardar(solo_leer)[0])
        cuanto, hallados = tardar(de_una_vez)
        tardan["una"].append(cuanto)
        empieza = time.perf_counter()
        assert de_una_vez() == 0
        tardan["otra vez"].append(time.perf_counter() - empieza)
    razones = [una / leer for una, leer in zip(tardan["una"], tardan["leer"], strict=True)]
    sabidas = [otra / leer for otra, leer in zip(tardan["otra vez"], tardan["leer"], strict=True)]
    suelta, tambien = tardar(uno_a_uno)
    assert tambien == hallados
    leer_s = mediana(tardan["leer"])
    return [
        Fila("leer las búsquedas y los procesos", PROCESOS / leer_s, 1.0, nota=f"{1000 * leer_s:.0f} ms"),
        Fila(
            "emparejarlos y anotarlos, de una vez",
            PROCESOS / mediana(tardan["una"]),
            mediana(razones),
            2.0,
            f"tiempo sobre leer; {min(razones):.2f} a {max(razones):.2f}; {hallados} anotados",
        ),
        Fila(
            "lo mismo, ya anotado",
            PROCESOS / mediana(tardan["otra vez"]),
            mediana(sabidas),
            nota="tiempo sobre leer; no anota nada",
        ),
        Fila(
            "proceso a proceso", PROCESOS / suelta, suelta / leer_s, nota="tiempo sobre leer; 1.000 órdenes"
        ),
    ]


def _vaciar(b: Banco) -> None:
    with psycopg.connect(b.url_admin, autocommit=True) as conexion:
        conexion.execute("TRUNCATE alertas_coincidencia")
