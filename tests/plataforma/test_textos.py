"""What people read can be translated: nothing is translated while modules load, and no error text escapes."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nucleo import textos
from nucleo.configuracion import RAIZ
from nucleo.errores import ErrorDominio, NoEncontrado
from nucleo.textos import Perezoso, perezoso

HABITACIONES = (
    "nucleo",
    "constancia",
    "ciudadania",
    "empresa_digital",
    "alertas",
    "pagos",
    "envios",
    "comercio",
    "feria_inversa",
    "transparencia",
    "demostracion",
    "plataforma",
)
# Where a text comes from outside: the function of the templates, the texts themselves.
DE_FUERA = {"nucleo/plantillas.py", "nucleo/textos.py"}
FUNCIONES = {"_", "_l", "gettext", "ngettext", "perezoso"}
ARCHIVOS = sorted(a for h in HABITACIONES for a in (RAIZ / h).rglob("*.py"))


def _llamadas(nodo: ast.AST, al_cargar: bool) -> Iterator[tuple[ast.Call, bool]]:
    """Calls of the text functions, and whether they run while the module loads."""
    if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        fuera = [nodo.args, *getattr(nodo, "decorator_list", [])]
        for hijo in ast.iter_child_nodes(nodo):
            yield from _llamadas(hijo, al_cargar and hijo in fuera)
        return
    if isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Name) and nodo.func.id in FUNCIONES:
        yield nodo, al_cargar
    for hijo in ast.iter_child_nodes(nodo):
        yield from _llamadas(hijo, al_cargar)


def test_los_textos_son_literales_y_ninguno_se_traduce_al_cargar() -> None:
    assert [falta for archivo in ARCHIVOS for falta in _mal_traducidos(archivo)] == []


def _mal_traducidos(archivo: Path) -> list[str]:
    faltas = []
    donde = str(archivo.relative_to(RAIZ))
    for llamada, al_cargar in _llamadas(ast.parse(archivo.read_text("utf-8")), True):
        assert isinstance(llamada.func, ast.Name)
        nombre, cuantos = llamada.func.id, 2 if llamada.func.id == "ngettext" else 1
        if al_cargar and nombre in ("_", "gettext", "ngettext"):
            faltas.append(f"{donde}:{llamada.lineno}: se traduce una vez, al cargar; use perezoso")
        literales = all(isinstance(a, ast.Constant) for a in llamada.args[:cuantos])
        if not literales and donde not in DE_FUERA:
            faltas.append(f"{donde}:{llamada.lineno}: el texto no es un literal y nadie lo extrae")
    return faltas


def _sueltos(expresion: ast.expr | None) -> bool:
    """A text written as it is, or as an f-string, where a translated one belongs."""
    if isinstance(expresion, ast.IfExp):
        return _sueltos(expresion.body) or _sueltos(expresion.orelse)
    return isinstance(expresion, ast.JoinedStr) or (
        isinstance(expresion, ast.Constant) and isinstance(expresion.value, str) and bool(expresion.value)
    )


def _es_error(modulo: Any, funcion: ast.expr) -> bool:
    clase: Any = modulo
    for parte in ast.unparse(funcion).split("."):
        clase = getattr(clase, parte, None)
    if not (inspect.isclass(clase) and issubclass(clase, ErrorDominio)):
        return False
    return next(iter(inspect.signature(clase).parameters), "") == "detalle"


def test_ningun_error_lleva_un_texto_suelto() -> None:
    assert [falta for archivo in ARCHIVOS for falta in _textos_sueltos(archivo)] == []


def _textos_sueltos(archivo: Path) -> list[str]:
    codigo = archivo.read_text("utf-8")
    if archivo.name == "__main__.py" or not any(p in codigo for p in ("raise ", "titulo")):
        return []
    partes = archivo.relative_to(RAIZ).with_suffix("").parts
    modulo = importlib.import_module(".".join(partes).removesuffix(".__init__"))
    faltas = [
        f"{archivo.relative_to(RAIZ)}:{n.lineno}"
        for n in ast.walk(ast.parse(codigo))
        if isinstance(n, ast.Call) and n.args and _sueltos(n.args[0]) and _es_error(modulo, n.func)
    ]
    return faltas + [
        f"{clase.__module__}.{clase.__name__}.titulo"
        for clase in vars(modulo).values()
        if inspect.isclass(clase) and issubclass(clase, ErrorDominio) and type(clase.titulo) is not Perezoso
    ]


def test_un_error_se_lee_en_el_idioma_de_quien_pregunta(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ingles:
        def gettext(self, mensaje: str) -> str:
            return {"No existe lo que busca": "Not found", "Hola %(a)s": "Hello %(a)s"}.get(mensaje, mensaje)

    assert NoEncontrado().problema()["title"] == "No existe lo que busca"
    monkeypatch.setattr(textos, "_catalogo", lambda _codigo: Ingles())
    assert NoEncontrado().problema()["title"] == "Not found"
    assert NoEncontrado().detalle == "Not found"
    saludo = perezoso("Hola %(a)s")
    assert (saludo % {"a": 1}, f"{saludo}", str(saludo)) == ("Hello 1", "Hello %(a)s", "Hello %(a)s")
