"""A proof of the public log, made and checked, in a tree of a million leaves against one of a thousand.

One durable server. The leaves are noted by SQL and placed by the sequencer's own function, which makes the
nodes; then proofs of leaves all over the tree are asked of each size in turn, and checked as anybody does.
`python -m bench constancia`.
"""

import os
import random
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg

from bench.apoyo import Fila, banco, mediana

POCAS, MUCHAS = 1_000, int(os.environ.get("QHATU_BENCH_HOJAS", "1000000"))
PRUEBAS = 300
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "5"))
OBJETIVO = 2.0
ANOTAR = (
    "SELECT count(constancia_anotar('medicion', 'h' || n, repeat('x', 60) || n))"
    " FROM generate_series(%s::integer, %s::integer) AS n"
)


def medir() -> list[Fila]:
    with banco() as b:
        from constancia import integrar_pendientes

        with psycopg.connect(b.url_dueno, autocommit=True) as conexion:

            def crecer(desde: int, hasta: int) -> float:
                inicio = time.perf_counter()
                conexion.execute(ANOTAR, [desde + 1, hasta])
                conexion.execute("ANALYZE constancia_hoja")
                integrar_pendientes(hasta - desde)
                conexion.execute("ANALYZE constancia_nodo")
                return time.perf_counter() - inicio

            crecer(0, POCAS)
            _pedir(POCAS, POCAS)  # all is loaded
            print(f"  {MUCHAS:,} hojas anotadas y en su lugar en {crecer(POCAS, MUCHAS):.0f} s", flush=True)
        _pedir(POCAS, POCAS)
        pocas, muchas = [], []
        for _ronda in range(RONDAS):
            pocas.append(_pedir(POCAS, POCAS))
            muchas.append(_pedir(MUCHAS, MUCHAS))
        return [
            _fila("hacer una prueba", [p[0] for p in pocas], [m[0] for m in muchas]),
            _fila("comprobarla", [p[1] for p in pocas], [m[1] for m in muchas]),
        ]


def _pedir(tamano: int, hojas: int) -> tuple[float, float]:
    """Milliseconds of making and of checking a proof against the head of that size."""
    from constancia import comprobar_constancia, hash_de
    from constancia.pruebas import prueba_de_inclusion
    from nucleo.bd import transaccion

    azar = random.Random(tamano)
    cuales = [azar.randrange(hojas) + 1 for _ in range(PRUEBAS)]
    hashes = [hash_de("medicion", f"h{n}", "x" * 60 + str(n)) for n in cuales]
    with transaccion() as sesion:
        hechas, hacer = _tardo(lambda: [prueba_de_inclusion(sesion, h, tamano) for h in hashes])
    documentos = [prueba.model_dump(mode="json") for prueba in hechas]
    fallas, comprobar = _tardo(lambda: [comprobar_constancia(documento) for documento in documentos])
    assert fallas == [[]] * PRUEBAS
    return hacer, comprobar


T = TypeVar("T")


def _tardo(hacer: Callable[[], T]) -> tuple[T, float]:
    inicio = time.perf_counter()
    hecho = hacer()
    return hecho, (time.perf_counter() - inicio) * 1000 / PRUEBAS


def _fila(que: str, pocas: list[float], muchas: list[float]) -> Fila:
    razon = mediana([m / p for p, m in zip(pocas, muchas, strict=True)])
    nota = f"{mediana(pocas):.2f} ms con {POCAS:,} hojas, {mediana(muchas):.2f} con {MUCHAS:,}; que no crezca"
    return Fila(que, 1000 / mediana(muchas), razon, OBJETIVO, nota)
