"""`python -m bench [libro] [asuntos] [http] [comercio]`: run `medir()` of each, print one table of ratios.

Absolute figures depend on the machine and on what else it does; the ratios come from the same run.
"""

import importlib
import pkgutil
import sys
from typing import Any

import bench

APOYO = {"__main__", "apoyo", "comercio_datos"}


def modulos(pedidos: list[str]) -> list[str]:
    todos = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if m.name not in APOYO)
    desconocidos = set(pedidos) - set(todos)
    if desconocidos:
        raise SystemExit(f"No existe la medición {', '.join(sorted(desconocidos))}: hay {', '.join(todos)}.")
    return [m for m in todos if not pedidos or m in pedidos]


def imprimir(filas: list[tuple[str, Any]]) -> None:
    ancho = max(len(f.nombre) for _, f in filas) + 2
    print(f"\n{'':10} {'':{ancho}} {'por segundo':>12} {'razón':>7}  {'objetivo':>8}")
    for modulo, f in filas:
        objetivo = getattr(f, "objetivo", None)
        marca = "" if objetivo is None else f"{objetivo:8.2f}"
        nota = getattr(f, "nota", "") or (f"p95 {f.p95_ms:.1f} ms" if hasattr(f, "p95_ms") else "")
        print(f"{modulo:10} {f.nombre:{ancho}} {f.por_segundo:12,.0f} {f.razon:7.2f}  {marca:>8}  {nota}")


def principal() -> None:
    filas: list[tuple[str, Any]] = []
    for nombre in modulos(sys.argv[1:]):
        print(f"— {nombre} —", flush=True)
        filas += [(nombre, fila) for fila in importlib.import_module(f"bench.{nombre}").medir()]
    imprimir(filas)


if __name__ == "__main__":
    principal()
