"""What a page refuses is undone by the door of forms (`nucleo.formularios`), never by hand."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from nucleo.formularios import Formulario
from tests.ayudas.rutas import dependencias, rutas

RAIZ = Path(__file__).resolve().parents[2]
POR_CONVERTIR = {"pagos": 6}
"""How many lines of each room still undo by hand; only ever less."""


def test_ninguna_pagina_deshace_a_mano() -> None:
    a_mano: Counter[str] = Counter()
    for archivo in RAIZ.glob("*/**/web*.py"):
        sala = archivo.relative_to(RAIZ).parts[0]
        if sala not in {".venv", "tests"} and archivo != RAIZ / "nucleo" / "web.py":
            a_mano[sala] += len(re.findall(r"\.rollback\(|begin_nested", archivo.read_text("utf-8")))
    assert +a_mano == Counter(POR_CONVERTIR)


def test_cada_formulario_tiene_un_nombre_suyo(aplicacion: Any) -> None:
    """What is kept while one signs in is found by it."""
    todos = {d for _m, _p, ruta in rutas(aplicacion) for d in dependencias(ruta.dependant)}
    nombres = Counter(f.nombre for f in todos if isinstance(f, Formulario))
    assert len(nombres) >= 8
    assert [nombre for nombre, veces in nombres.items() if veces > 1] == []
