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

BUSQUEDAS, PROCESOS, RONDAS = 10_000, 1_000, 15
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
    from alertas.emparejar import HALLAR, parametros
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

    def objetos(sesion: Any) -> dict[uuid.UUID, Objeto]:
        filas = sesion.connection().execute(text("SELECT id, terminos FROM bench_proceso"))
        return {f.id: Objeto(f.terminos) for f in filas}

    def hallar() -> int:
        with transaccion() as sesion:
            hallar_solo = text(f"SELECT count(*) FROM ({HALLAR}) h")
            pide = parametros(CODIGO, objetos(sesion))
            return int(sesion.connection().execute(hallar_solo, pide).scalar_one())

    def de_una_vez() -> int:
        with transaccion() as sesion:
            return emparejar_varios(sesion, CODIGO, objetos(sesion))

    def uno_a_uno() -> int:
        with transaccion() as sesion:
            return sum(emparejar(sesion, CODIGO, id_, objeto) for id_, objeto in objetos(sesion).items())

    def anotar() -> int:
        """The rows that were found, and nothing else: the floor of writing them."""
        with transaccion() as sesion:
            return int(sesion.connection().execute(_ANOTAR).rowcount)

    def tardar(hacer: Callable[[], int]) -> tuple[float, int]:
        _vaciar(b)
        empieza = time.perf_counter()
        hallados = hacer()
        return time.perf_counter() - empieza, hallados

    _vaciar(b)
    hallados = de_una_vez()
    with psycopg.connect(b.url_admin, autocommit=True) as conexion:
        conexion.execute("CREATE TABLE bench_hallado AS TABLE alertas_coincidencia")
        conexion.execute("GRANT SELECT ON bench_hallado TO qhatu_aplicacion")
    tardan: dict[str, list[float]] = {"leer": [], "hallar": [], "anotar": [], "todo": []}
    for _ in range(RONDAS):
        for que, hacer, cuantos in (
            ("leer", solo_leer, PROCESOS),
            ("hallar", hallar, hallados),
            ("anotar", anotar, hallados),
            ("todo", de_una_vez, hallados),
        ):
            cuanto, hechos = tardar(hacer)
            assert hechos == cuantos, que
            tardan[que].append(cuanto)
    suelta, sueltos = tardar(uno_a_uno)
    assert sueltos == hallados
    leer_s, todo_s = mediana(tardan["leer"]), mediana(tardan["todo"])
    de_hallar = [h / r for h, r in zip(tardan["hallar"], tardan["leer"], strict=True)]
    de_todo = [
        todo / (leer + anota)
        for todo, leer, anota in zip(tardan["todo"], tardan["leer"], tardan["anotar"], strict=True)
    ]
    return [
        Fila("leer búsquedas y procesos", PROCESOS / leer_s, 1.0, nota=f"{1000 * leer_s:.0f} ms"),
        Fila(
            "hallar cuáles responden",
            PROCESOS / mediana(tardan["hallar"]),
            mediana(de_hallar),
            2.0,
            f"tiempo sobre leer; {min(de_hallar):.2f} a {max(de_hallar):.2f}; {hallados} hallados",
        ),
        Fila(
            "hallar y anotar, de una vez",
            PROCESOS / todo_s,
            mediana(de_todo),
            2.0,
            f"tiempo sobre leer y solo anotar; {min(de_todo):.2f} a {max(de_todo):.2f};"
            f" {todo_s / leer_s:.1f} sobre solo leer",
        ),
        Fila(
            "proceso a proceso",
            PROCESOS / suelta,
            suelta / (leer_s + mediana(tardan["anotar"])),
            nota="tiempo sobre leer y solo anotar, 1.000 pases",
        ),
    ]


_ANOTAR = text("INSERT INTO alertas_coincidencia SELECT * FROM bench_hallado ON CONFLICT DO NOTHING")


def _vaciar(b: Banco) -> None:
    with psycopg.connect(b.url_admin, autocommit=True) as conexion:
        conexion.execute("TRUNCATE alertas_coincidencia")
