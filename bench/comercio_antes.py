"""The shop against itself at an older commit: pages, and a whole purchase over the API, side by side.

`QHATU_BENCH_ANTES=4dcd417b python -m bench comercio_antes` (that commit, before issue 10, is the default).
The older one is a work tree of its own with its own servers and catalogue, both of 1.000 products; the same
8 connections ask one and the other by turns, and each ratio is of two turns that followed each other.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.apoyo import RAIZ, Fila, banco, mediana
from bench.comercio_datos import (
    Medida,
    busquedas,
    cargar,
    comprables,
    comprar_sin_parar,
    motor_de,
    muestra,
    poblar,
    preparar,
    servidor_web,
)

ANTES = os.environ.get("QHATU_BENCH_ANTES", "4dcd417b")
PRODUCTOS = 1_000
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "7"))
SEGUNDOS = float(os.environ.get("QHATU_BENCH_SEGUNDOS", "3"))
OBJETIVO_PAGINAS, OBJETIVO_COMPRA = 1.4, 1.0

# Run inside the older tree, with the bench of that commit. Its catalogue names pictures before they are
# there, which its own keys refuse: they are off while it loads, as reading does not ask them.
_SERVIR = """
import json, os, sys
from sqlalchemy import create_engine, text
from bench import comercio as c
with c._servidores() as (url, base):
    motor = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    c._preparar(url)
    with motor.connect() as conexion:
        conexion.execute(text("ALTER TABLE comercio_producto DROP CONSTRAINT fk_comercio_producto_foto"))
        conexion.execute(
            text("INSERT INTO nucleo_contenido VALUES (repeat('0', 64), 1) ON CONFLICT DO NOTHING"))
    c._cargar(motor, 1, int(sys.argv[1]))
    with motor.connect() as conexion:
        conexion.execute(text("UPDATE comercio_producto SET existencia = 900000"))
        conexion.execute(text("VACUUM (FULL, ANALYZE) comercio_producto"))
    with c._uvicorn() as (puerto, web):
        donde = {"puerto": puerto, "web": web, "base": base, "productos": c._muestra(motor), "url": url}
        entorno = {k: v for k, v in os.environ.items() if k.startswith("QHATU_")}
        print(json.dumps(donde | {"entorno": entorno}))
        sys.stdout.flush()
        sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Tienda:
    """A server with its catalogue, its people and their tokens."""

    medida: Medida
    productos: list[str]
    comprables: list[str]
    tokens: list[str]

    def paginas(self) -> dict[str, list[str]]:
        return {
            "lista, página": ["/tienda"],
            "producto, página": [f"/productos/{i}" for i in self.productos],
            "búsqueda, página": busquedas(),
        }


def medir() -> list[Fila]:
    with _de_antes() as antes, _de_ahora() as ahora:
        filas = []
        for nombre, rutas in ahora.paginas().items():
            turnos = [
                partial(tienda.medida.rapidez, de_ella)
                for tienda, de_ella in ((ahora, rutas), (antes, antes.paginas()[nombre]))
            ]
            filas.append(_alternar(f"{nombre} contra {ANTES}", turnos, OBJETIVO_PAGINAS))
        compras = [partial(comprar_sin_parar, t.medida, t.comprables, t.tokens) for t in (ahora, antes)]
        return [*filas, _alternar(f"compra entera por API contra {ANTES}", compras, OBJETIVO_COMPRA)]


def _alternar(
    nombre: str, turnos: Sequence[Callable[[], tuple[float, float, float, float]]], objetivo: float
) -> Fila:
    """By turns; the ratio of requests a second, and in the note that of the processor time of uvicorn."""
    for turno in turnos:
        turno()
    rondas = [[turno() for turno in turnos] for _ in range(RONDAS)]
    razones = [ahora[0] / antes[0] for ahora, antes in rondas]
    procesador = [antes[2] / ahora[2] for ahora, antes in rondas]
    nota = (
        f"{min(razones):.2f} a {max(razones):.2f}; procesador de la web {mediana(procesador):.2f}; "
        f"p95 {mediana([r[0][1] for r in rondas]):.0f} y {mediana([r[1][1] for r in rondas]):.0f} ms"
    )
    return Fila(nombre, mediana([r[0][0] for r in rondas]), mediana(razones), objetivo, nota)


@contextmanager
def _de_ahora() -> Iterator[Tienda]:
    with banco() as b:
        preparar(b.url_dueno)
        motor = motor_de(b.url_dueno)
        cargar(motor, 1, PRODUCTOS, existencia=900_000)
        productos, se_compran = muestra(motor), comprables(motor)
        motor.dispose()
        tokens = poblar(RAIZ, b.url_dueno, dict(os.environ))
        with servidor_web() as (puerto, web):
            medida = Medida(puerto, web, b.postgres.proceso.pid, SEGUNDOS)
            yield Tienda(medida, productos, se_compran, tokens)


@contextmanager
def _de_antes() -> Iterator[Tienda]:
    """The older commit in a work tree that is gone afterwards, run with the libraries of this one."""
    with tempfile.TemporaryDirectory(prefix="qhatu-antes-") as carpeta:
        Path(carpeta).chmod(0o711)
        raiz = Path(carpeta) / "arbol"
        _git("worktree", "add", "--detach", str(raiz), ANTES)
        proceso = subprocess.Popen(
            [sys.executable, "-c", _SERVIR, str(PRODUCTOS)],
            cwd=raiz,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert proceso.stdout is not None
            linea = proceso.stdout.readline()
            if not linea:
                raise SystemExit(f"No se pudo servir la tienda de {ANTES}.")
            d: dict[str, Any] = json.loads(linea)
            tokens = poblar(raiz, d["url"], os.environ | d["entorno"])
            motor = motor_de(d["url"])
            se_compran = comprables(motor)
            motor.dispose()
            medida = Medida(d["puerto"], d["web"], d["base"], SEGUNDOS)
            yield Tienda(medida, d["productos"], se_compran, tokens)
        finally:
            proceso.communicate("", timeout=60)
            _git("worktree", "remove", "--force", str(raiz))


def _git(*orden: str) -> None:
    subprocess.run(["git", *orden], cwd=RAIZ, check=True, capture_output=True)
