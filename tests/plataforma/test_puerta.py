"""What a page refuses is undone by the door of forms (`nucleo.formularios`), never by hand."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from nucleo.formularios import Formulario
from tests.ayudas.rutas import dependencias, rutas

RAIZ = Path(__file__).resolve().parents[2]


def test_ninguna_pagina_deshace_a_mano() -> None:
    paginas = [
        archivo
        for archivo in RAIZ.glob("*/**/web*.py")
        if archivo.relative_to(RAIZ).parts[0] not in {".venv", "tests"} and archivo != RAIZ / "nucleo/web.py"
    ]
    assert len(paginas) >= 30
    a_mano = [a.name for a in paginas if re.search(r"\.rollback\(|begin_nested", a.read_text("utf-8"))]
    assert a_mano == []


def test_cada_formulario_tiene_un_nombre_suyo(aplicacion: Any) -> None:
    """What is kept while one signs in is found by it."""
    todos = {d for _m, _p, ruta in rutas(aplicacion) for d in dependencias(ruta.dependant)}
    nombres = Counter(f.nombre for f in todos if isinstance(f, Formulario))
    assert len(nombres) >= 8
    assert [nombre for nombre, veces in nombres.items() if veces > 1] == []
