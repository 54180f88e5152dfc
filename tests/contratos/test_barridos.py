"""A sweep is of `nucleo.tareas.cada_uno`, so that one row that fails keeps nobody behind it waiting."""

import ast
from pathlib import Path

from plataforma.habitaciones import HABITACIONES

RAIZ = Path(__file__).resolve().parents[2]
PROPIAS = {
    "ciudadania/tareas.py": "tables, not rows",
    "feria_inversa/importar/cargar.py": "a lot of a file, tried again",
    "nucleo/archivos/almacen.py": "folders of a store, not rows",
    "nucleo/tareas.py": "the helper itself",
}


def _abre(cosa: ast.AST) -> bool:
    return isinstance(cosa, ast.Call) and isinstance(cosa.func, ast.Name) and cosa.func.id == "transaccion"


def _recorre_abriendo(fuente: str) -> bool:
    """Some `for` opens a transaction for each turn, or goes through rows inside one of all of them."""
    if "transaccion()" not in fuente:
        return False
    arbol = list(ast.walk(ast.parse(fuente)))
    vueltas = [cosa for cosa in arbol if isinstance(cosa, ast.For)]
    tratos = [c for c in arbol if isinstance(c, ast.With) and any(_abre(i.context_expr) for i in c.items)]
    return any(_abre(cosa) for vuelta in vueltas for cosa in ast.walk(vuelta)) or any(
        isinstance(cosa, ast.For) for trato in tratos for cosa in ast.walk(trato)
    )


def test_ninguna_habitacion_recorre_filas_a_su_modo() -> None:
    casas = sorted({habitacion.partition(".")[0] for habitacion in HABITACIONES})
    culpables = {
        str(archivo.relative_to(RAIZ))
        for casa in casas
        for archivo in (RAIZ / casa).rglob("*.py")
        if _recorre_abriendo(archivo.read_text("utf-8"))
    }
    assert culpables == set(PROPIAS)
