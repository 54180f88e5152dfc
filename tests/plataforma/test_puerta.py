"""What a page refuses is undone by the door of forms (`nucleo.formularios`), never by hand."""

import re
from collections import Counter
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
POR_CONVERTIR = {"feria_inversa": 8, "pagos": 14}
"""How many lines of each room still undo by hand; only ever less."""


def test_ninguna_pagina_deshace_a_mano() -> None:
    a_mano: Counter[str] = Counter()
    for archivo in RAIZ.glob("*/**/web*.py"):
        sala = archivo.relative_to(RAIZ).parts[0]
        if sala not in {".venv", "tests"} and archivo != RAIZ / "nucleo" / "web.py":
            a_mano[sala] += len(re.findall(r"\.rollback\(|begin_nested", archivo.read_text("utf-8")))
    assert +a_mano == Counter(POR_CONVERTIR)
