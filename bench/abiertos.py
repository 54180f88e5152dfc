"""The files of a month of open data: memory of who makes them, of ten thousand processes and of a thousand.

One server. The most told process of the demonstration, with its releases, is repeated in two months, of so
many processes each; a process of its own makes the files of one, and its greatest resident memory is looked
at. `python -m bench abiertos`.
"""

import subprocess
import sys
import time
from datetime import date
from resource import RUSAGE_SELF, getrusage

import psycopg

from bench.apoyo import RAIZ, Fila, banco

POCOS, MUCHOS, OBJETIVO = 1_000, 10_000, 1.2
_MESES = {POCOS: date(2020, 1, 1), MUCHOS: date(2020, 2, 1)}
_SEMBRAR = """
from demostracion import personas
from demostracion.capitulos import feria_inversa, llaves, registro
from demostracion.relato import contar
from nucleo.bd import transaccion
with transaccion() as sesion:
    personas.sembrar(sesion)
contar({"registro": registro.pasos, "llaves": llaves.pasos, "feria": feria_inversa.pasos})
"""
# Triggers do not run: what is repeated was published by them once.
_REPETIR = """
    WITH una AS (SELECT convocatoria_id AS id FROM feria_ocds_compilado ORDER BY secuencia DESC LIMIT 1),
    otras AS (
        SELECT u.id AS de, md5(%(mes)s || n)::uuid AS id, 'ocds-bench-' || %(mes)s || n AS ocid,
            (%(mes)s::date + interval '9 days 1 second' + make_interval(secs => n)) AS cuando, n
        FROM una u, generate_series(1, %(cuantos)s::int) n
    ), c AS (
        INSERT INTO feria_convocatoria SELECT (jsonb_populate_record(c, jsonb_build_object('id', o.id, 'ocid',
            o.ocid, 'cuce', o.ocid, 'publicado_en', o.cuando, 'convocatoria_anterior_id', NULL))).*
        FROM otras o JOIN feria_convocatoria c ON c.id = o.de RETURNING id
    ), r AS (
        INSERT INTO feria_ocds_release (convocatoria_id, secuencia, ocid, release_id, fecha, etiquetas,
            contenido, transaccion)
        SELECT o.id, r.secuencia, o.ocid, o.n || r.release_id, r.fecha, r.etiquetas, r.contenido, 0
        FROM otras o JOIN feria_ocds_release r ON r.convocatoria_id = o.de RETURNING contenido
    ), k AS (
        INSERT INTO feria_ocds_compilado SELECT o.id, k.secuencia, k.contenido
        FROM otras o JOIN feria_ocds_compilado k ON k.convocatoria_id = o.de RETURNING contenido
    ) SELECT (SELECT count(*) FROM c), (SELECT count(*) FROM r), (SELECT sum(length(contenido)) FROM r),
        (SELECT sum(length(contenido)) FROM k)
"""


def medir() -> list[Fila]:
    with banco() as b:
        subprocess.run([sys.executable, "-c", _SEMBRAR], cwd=RAIZ, check=True, stderr=subprocess.DEVNULL)
        with psycopg.connect(b.url_admin, autocommit=True) as conexion:
            conexion.execute("SET session_replication_role = replica")
            for cuantos, mes in _MESES.items():
                hay = conexion.execute(_REPETIR, {"mes": str(mes), "cuantos": cuantos}).fetchone()
                print(f"  {mes:%Y-%m}: procesos, publicaciones, letras de cada cosa: {hay}", flush=True)
            conexion.execute("ANALYZE")
        pocos, muchos = (_hecho(mes) for mes in _MESES.values())
    nota = f"{muchos[0]:.0f} MB y {pocos[0]:.0f} MB; {muchos[1]:.1f} s y {pocos[1]:.1f} s"
    return [Fila("memoria de 10.000 contra 1.000", MUCHOS / muchos[1], muchos[0] / pocos[0], OBJETIVO, nota)]


def _hecho(mes: date) -> tuple[float, float]:
    """Memory (MB) and seconds of who makes the files of a month, in a process of its own."""
    orden = [sys.executable, "-m", "bench.abiertos", mes.isoformat()]
    fin = subprocess.run(orden, cwd=RAIZ, check=True, stdout=subprocess.PIPE, text=True)
    memoria, segundos = (float(x) for x in fin.stdout.split())
    return memoria, segundos


def _hacer(mes: date) -> None:
    from feria_inversa.datos_abiertos.meses import hacer_mes
    from nucleo.bd import transaccion

    inicio = time.perf_counter()
    with transaccion() as sesion:
        assert hacer_mes(sesion, mes)
    print(getrusage(RUSAGE_SELF).ru_maxrss / 1024, time.perf_counter() - inicio)


if __name__ == "__main__":
    _hacer(date.fromisoformat(sys.argv[1]))
