"""The shop at a million products against ten thousand: lists, product pages and searches, 8 connections.

One server, two databases that share the first ten thousand; each has its own uvicorn, asked by turns.
Sixty searches in a hundred are two words of a title, the rest one word, an end that a fifth of all
products have with a word, and words with an error; so many that what is kept for seconds does not help.
`python -m bench comercio_busqueda`; `QHATU_BENCH_PRODUCTOS` says how many are many.
"""

import os
import random
from contextlib import ExitStack
from urllib.parse import quote

import psycopg

from bench.apoyo import Fila, banco, mediana
from bench.comercio_datos import (
    FINALES,
    Medida,
    cargar,
    filas_del_catalogo,
    motor_de,
    muestra,
    preparar,
    servidor_web,
)

POCOS, MUCHOS = 10_000, int(os.environ.get("QHATU_BENCH_PRODUCTOS", "1000000"))
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "5"))
SEGUNDOS = float(os.environ.get("QHATU_BENCH_SEGUNDOS", "6"))


def medir() -> list[Fila]:
    with banco() as b, ExitStack() as pila:
        preparar(b.url_dueno)
        de_pocos = f"qhatu_{POCOS}"
        motor = motor_de(b.url_dueno)
        cargar(motor, 1, POCOS)
        ids = muestra(motor)  # of those that both have
        motor.dispose()
        with psycopg.connect(_otra(b.url_admin, "postgres"), autocommit=True) as conexion:
            conexion.execute(f"CREATE DATABASE {de_pocos} TEMPLATE qhatu")
        motor = motor_de(b.url_dueno)
        cargar(motor, POCOS + 1, MUCHOS)
        motor.dispose()
        servidores = [servidor_web(url) for url in (b.url, _otra(b.url, de_pocos))]
        muchos, pocos = (
            Medida(*pila.enter_context(servidor), b.postgres.proceso.pid, SEGUNDOS) for servidor in servidores
        )
        return [
            _comparar("lista, página", ["/tienda"], muchos, pocos, 1.1),
            _comparar("producto, página", [f"/productos/{i}" for i in ids], muchos, pocos, 1.1),
            _comparar("búsqueda, página", escritas(), muchos, pocos, 2.0),
        ]


def escritas() -> list[str]:
    azar = random.Random(10)
    titulos = [fila["titulo"].replace(",", "").split() for fila in filas_del_catalogo()]
    consultas = []
    for titulo in titulos * 10:
        uno, otro = azar.choice(titulo), azar.choice(titulo)
        mal = uno.replace("a", "o", 1)
        consultas.append(
            azar.choices(
                [f"{uno} {otro}", uno, f"{uno} {azar.choice(FINALES)}", mal], weights=[60, 20, 10, 10]
            )[0]
        )
    return [f"/tienda?q={quote(q)}" for q in dict.fromkeys(consultas)]


def _comparar(nombre: str, rutas: list[str], muchos: Medida, pocos: Medida, objetivo: float) -> Fila:
    for medida in (muchos, pocos):
        medida.rapidez(rutas)
    rondas = [(muchos.rapidez(rutas), pocos.rapidez(rutas)) for _ in range(RONDAS)]
    razones = [m[1] / p[1] for m, p in rondas]
    m95, p95 = (mediana([r[n][1] for r in rondas]) for n in (0, 1))
    base = mediana([r[0][3] for r in rondas]), mediana([r[1][3] for r in rondas])
    nota = f"{min(razones):.2f} a {max(razones):.2f}; p95 {m95:.0f} y {p95:.0f} ms"
    nota += f"; base {base[0]:.1f} y {base[1]:.1f} ms"
    cuantos = f"{MUCHOS:,} contra {POCOS:,}".replace(",", ".")
    return Fila(
        f"p95, {nombre}, {cuantos}", mediana([r[0][0] for r in rondas]), mediana(razones), objetivo, nota
    )


def _otra(url: str, base: str) -> str:
    return url.replace("/qhatu?", f"/{base}?")
