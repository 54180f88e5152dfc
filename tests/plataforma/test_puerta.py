"""What a page refuses is undone by the door of forms (`nucleo.formularios`), never by hand."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from nucleo.formularios import Formulario
from tests.ayudas.rutas import dependencias, rutas

RAIZ = Path(__file__).resolve().parents[2]


PAGINAS = [
    archivo
    for archivo in RAIZ.glob("*/**/web*.py")
    if archivo.relative_to(RAIZ).parts[0] not in {".venv", "tests", "nucleo"}
]
SIN_FORMULARIO = {
    "ciudadania/web.py": "the provider sends the browser back with a sign-in that will not do",
    "envios/escaner/web_pagina.py": "a parcel that is refused says so in the field of its number",
    "envios/escaner/web_telefono.py": "a reading of the telephone's queue, which is no page",
    "envios/seguimiento/web.py": "one of several numbers that is none says so in its own line",
    "feria_inversa/plan/web.py": "what is wrong with a line is told in the fields of the form of one line",
    "pagos/cobros/web_comprobantes.py": "whether this payment may be given back: a link, or none",
    "pagos/cobros/web_del_dia.py": "an address that asks for a day that is none",
    "pagos/tarjetas/web.py": "a notice of the gateway, which is no page",
}
"""Pages that catch a refusal of something else than a form."""


def test_ninguna_pagina_deshace_a_mano() -> None:
    assert len(PAGINAS) >= 30
    a_mano = [a.name for a in PAGINAS if re.search(r"\.rollback\(|begin_nested", a.read_text("utf-8"))]
    assert a_mano == []


def test_ninguna_pagina_lee_ni_rechaza_un_formulario_a_mano() -> None:
    patron = re.compile(r"except\b.*\b(?:ErrorDominio|Conflicto|DatosInvalidos)\b|\bForm\(|request\.form\(")
    a_mano = {str(a.relative_to(RAIZ)) for a in PAGINAS if patron.search(a.read_text("utf-8"))}
    assert a_mano == SIN_FORMULARIO.keys()


def test_cada_formulario_tiene_un_nombre_suyo(aplicacion: Any) -> None:
    """What is kept while one signs in is found by it."""
    todos = {d for _m, _p, ruta in rutas(aplicacion) for d in dependencias(ruta.dependant)}
    nombres = Counter(f.nombre for f in todos if isinstance(f, Formulario))
    assert len(nombres) >= 8
    assert [nombre for nombre, veces in nombres.items() if veces > 1] == []
