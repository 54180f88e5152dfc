"""Shared by the payment benches: a durable server of its own, a ledger to work on, and the ceiling.

The ceiling is the minimal SQL of one transfer (two updates, one insert, one commit; no foreign keys, no
rules) driven by pgbench at its best number of connections. Beside it, the same work pressed into one
statement and one round trip: the faster of what could be called minimal, so ratios to both are shown.
"""

import os
import re
import shutil
import statistics
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

RAIZ = Path(__file__).resolve().parent.parent
CUENTAS = 10_000
CONEXIONES_TECHO = (1, 2, 4, 8, 16, 32)
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "3"))
SEGUNDOS = float(os.environ.get("QHATU_BENCH_SEGUNDOS", "3"))

CONVERSACION = """
\\set d random(1, {n})
\\set c random(1, {n})
BEGIN;
UPDATE techo_cuenta SET debitos = debitos + 1 WHERE id = :d;
UPDATE techo_cuenta SET creditos = creditos + 1 WHERE id = :c;
INSERT INTO techo_transferencia (debito, credito, monto) VALUES (:d, :c, 1);
COMMIT;
"""
UNA_ORDEN = """
\\set d random(1, {n})
\\set c random(1, {n})
WITH a AS (UPDATE techo_cuenta SET debitos = debitos + 1 WHERE id = :d),
     b AS (UPDATE techo_cuenta SET creditos = creditos + 1 WHERE id = :c)
INSERT INTO techo_transferencia (debito, credito, monto) VALUES (:d, :c, 1);
"""


@dataclass(frozen=True, slots=True)
class Fila:
    """One figure of the table; `razon` is against the ceiling of the same round unless `nota` says more."""

    nombre: str
    por_segundo: float
    razon: float
    objetivo: float | None = None
    nota: str = ""


@dataclass(frozen=True, slots=True)
class Banco:
    """A running server with the migrated database and the ceiling's tables."""

    postgres: Any
    url: str
    url_dueno: str
    url_admin: str
    carpeta: Path

    def pgbench(self, guion: str, conexiones: int, segundos: float = 0, veces: int = 0) -> float:
        """Runs a second of a script: for some seconds, or so many times on each connection."""
        archivo = self.carpeta / f"{uuid.uuid4().hex}.sql"
        archivo.write_text(guion)
        orden = [os.fspath(_pgbench(self.postgres.bin)), "-n", "-M", "prepared", "-f", str(archivo)]
        orden += ["-c", str(conexiones), "-j", str(min(2, conexiones))]
        orden += ["-t", str(veces)] if veces else ["-T", f"{max(1, round(segundos))}"]
        fin = subprocess.run(
            [*orden, self.url_admin], cwd="/", capture_output=True, text=True, check=True, timeout=600
        )
        hallado = re.search(r"tps = ([0-9.]+) \(without", fin.stdout)
        assert hallado is not None, fin.stdout
        return float(hallado[1])


def _pgbench(binarios: Path) -> Path:
    for candidato in (binarios / "pgbench", Path(shutil.which("pgbench") or "")):
        if os.access(candidato, os.X_OK) and candidato.name == "pgbench":
            return candidato
    raise SystemExit("No hay pgbench: instálelo (apt-get install postgresql-contrib) para medir el techo.")


@contextmanager
def banco() -> Iterator[Banco]:
    """Servers in a temporary folder, fsync on; the environment points at them meanwhile."""
    from plataforma.servidores import DUENIO, Postgres, Valkey

    carpeta = Path(tempfile.mkdtemp(prefix="qhatu-bench-"))
    carpeta.chmod(0o711)
    postgres = Postgres(carpeta, registro=carpeta / "postgres.log")
    valkey = Valkey(postgres.sockets, registro=carpeta / "valkey.log")
    try:
        valkey.arrancar()
        postgres.preparar()
        postgres.arrancar()
        postgres.esperar()
        valkey.esperar()
        postgres.asegurar_base()
        os.environ |= {
            "QHATU_BASE_DATOS_URL": postgres.url(),
            "QHATU_REDIS_URL": valkey.url(),
            "QHATU_DATOS": str(carpeta),
        }
        from plataforma.migraciones import migrar

        url_dueno = postgres.url(usuario=DUENIO)
        migrar(url_dueno)
        nuevo = Banco(postgres, postgres.url(), url_dueno, postgres.url("qhatu", "postgres"), carpeta)
        _preparar_techo(nuevo)
        yield nuevo
    finally:
        valkey.detener()
        postgres.detener()
        shutil.rmtree(carpeta, ignore_errors=True)


def _preparar_techo(b: Banco) -> None:
    with psycopg.connect(b.url_admin, autocommit=True) as conexion:
        conexion.execute(
            "CREATE TABLE techo_cuenta (id bigint PRIMARY KEY, debitos bigint NOT NULL DEFAULT 0, "
            "creditos bigint NOT NULL DEFAULT 0) WITH (fillfactor = 60)"
        )
        conexion.execute("INSERT INTO techo_cuenta (id) SELECT generate_series(1, %s::integer)", [CUENTAS])
        conexion.execute(
            "CREATE TABLE techo_transferencia (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "
            "debito bigint NOT NULL, credito bigint NOT NULL, monto bigint NOT NULL, "
            "creada_en timestamptz NOT NULL DEFAULT now())"
        )
        conexion.execute("VACUUM ANALYZE techo_cuenta")


@dataclass(frozen=True, slots=True)
class Techo:
    """Where the ceiling is highest on this machine, in both forms; `medir()` measures both again there."""

    banco: Banco
    conexiones: int
    conexiones_una_orden: int

    def medir(self, segundos: float = SEGUNDOS) -> tuple[float, float]:
        """Transfers a second: as a conversation, and as one statement."""
        return (
            self.banco.pgbench(CONVERSACION.format(n=CUENTAS), self.conexiones, segundos),
            self.banco.pgbench(UNA_ORDEN.format(n=CUENTAS), self.conexiones_una_orden, segundos),
        )


def buscar_techo(b: Banco, segundos: float = 2) -> Techo:
    mejores = [
        max((b.pgbench(guion.format(n=CUENTAS), c, segundos), c) for c in CONEXIONES_TECHO)[1]
        for guion in (CONVERSACION, UNA_ORDEN)
    ]
    return Techo(b, *mejores)


@dataclass(slots=True)
class Comparacion:
    """Ours between measurements of the ceiling, some rounds; what else runs meanwhile weighs on both."""

    cifras: list[float]
    razones: list[float]
    razones_una_orden: list[float]

    @property
    def nota(self) -> str:
        return (
            f"{min(self.razones):.2f} a {max(self.razones):.2f}; "
            f"contra una sola orden {mediana(self.razones_una_orden):.2f}"
        )


def comparar(techo: Techo, nuestra: Callable[[], float], rondas: int = RONDAS) -> Comparacion:
    c = Comparacion([], [], [])
    antes = techo.medir()
    for _ in range(rondas):
        cifra = nuestra()
        despues = techo.medir()
        c.cifras.append(cifra)
        c.razones.append(cifra / ((antes[0] + despues[0]) / 2))
        c.razones_una_orden.append(cifra / ((antes[1] + despues[1]) / 2))
        antes = despues
    return c


def filas_del_techo(techo: Techo) -> list[Fila]:
    conversacion, una = techo.medir()
    return [
        Fila("techo: SQL mínimo", conversacion, 1.0, nota=f"{techo.conexiones} conexiones"),
        Fila(
            "techo: SQL mínimo en una sola orden",
            una,
            una / conversacion,
            nota=f"{techo.conexiones_una_orden} conexiones",
        ),
    ]


def abrir_cuentas(b: Banco, cuantas: int = CUENTAS, saldo: int = 10**9) -> tuple[int, int, int]:
    """Wallets of level 1 (every rule applies; the limits are raised) with money, and one treasury.

    Returns the first and last wallet and the treasury, ledger ids.
    """
    with psycopg.connect(b.url_dueno, autocommit=True) as conexion:
        conexion.execute(
            "INSERT INTO pagos_limite (id, nivel, direccion, por_transaccion, por_dia, por_mes, "
            "cantidad_dia, cantidad_mes, cantidad_rapida, ventana_min, vigente_desde, norma) "
            "SELECT gen_random_uuid(), 1, d, 100000, 1000000000000, 1000000000000, 1000000000, 1000000000, "
            "CASE d WHEN 'salida' THEN 1000 END, CASE d WHEN 'salida' THEN 1 END, '2021-01-01', 'medición' "
            "FROM unnest(%s::text[]) AS d",
            [["salida", "entrada"]],
        )
        (ajuste,) = _fila(
            conexion,
            "INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, debitos_no_exceden_creditos) "
            "VALUES ('00000000-0000-0000-0000-000000000000', 'sistema', 'ajuste', false) RETURNING id",
        )
        (tesoro,) = _fila(
            conexion,
            "INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo) "
            "VALUES (gen_random_uuid(), 'unidad', 'recaudacion') RETURNING id",
        )
        primera, ultima = _fila(
            conexion,
            "WITH n AS (INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, nivel) "
            "SELECT gen_random_uuid(), 'persona', 'billetera', 1 FROM generate_series(1, %s::integer) "
            "RETURNING id) SELECT min(id), max(id) FROM n",
            [cuantas],
        )
        from nucleo.arreglos import Int2s, Int8s, Logicos, Uuids
        from pagos.libro.transferir import TRANSFERIR

        for desde in range(primera, ultima + 1, 1_000):
            ids = list(range(desde, min(desde + 1_000, ultima + 1)))
            n = len(ids)
            lote = (Uuids([uuid.uuid4() for _ in ids]), Int8s([ajuste] * n), Int8s(ids), Int8s([saldo] * n))
            resto = (Int2s([103] * n), Int2s([1] * n), Logicos([False] * n), *[None] * 7)
            fila = conexion.cursor(binary=True).execute(TRANSFERIR, (*lote, *resto)).fetchone()
            assert fila is not None
            assert set(fila[0]) == {"ok"}, fila[0][:3]
    with psycopg.connect(b.url_admin, autocommit=True) as conexion:
        conexion.execute("VACUUM ANALYZE pagos_cuenta")
        conexion.execute("ANALYZE pagos_transferencia")
    return int(primera), int(ultima), int(tesoro)


def _fila(conexion: psycopg.Connection[Any], consulta: str, valores: Any = None) -> Any:
    fila = conexion.execute(consulta, valores).fetchone()
    assert fila is not None
    return fila


def mediana(valores: list[float]) -> float:
    return statistics.median(valores)


def verificar(b: Banco) -> str:
    """What the ledger says of itself after the load."""
    from pagos.libro.verificar import verificar_libro

    with psycopg.connect(b.url, autocommit=True) as conexion:
        fallas = verificar_libro(conexion)
    if fallas:
        raise SystemExit("El libro no cuadra: " + "; ".join(fallas[:3]))
    return "el libro cuadra"
