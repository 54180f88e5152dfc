"""The import contract that import-linter has no word for: what is inside a package is nobody else's.

It covers every package there is or will be: a new sub-room needs no line of its own, `pyproject.toml` names
the rooms only.
"""

import ast
import importlib.util
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import grimp
from importlinter import Contract, ContractCheck, fields, output

ABIERTOS = frozenset({"eventos"})  # what a package opens beside its `__init__`
Falta = tuple[str, str, list[int]]


class Fachadas(Contract):
    """Only `__init__` and `eventos` of a package may be imported from outside it.

    Two allowances: inside one room, a package may import another's `modelos` (the floors say which); and the
    modules of `nucleo` are tools, each its own façade, save its tables. Each of `excepciones` must exist.
    """

    type_name = "fachadas"

    habitaciones = fields.ListField(subfield=fields.StringField())
    nucleo = fields.StringField()
    excepciones = fields.SetField(subfield=fields.StringField(), required=False, default=set())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        hallados = faltas(graph, tuple(self.habitaciones), str(self.nucleo))  # type: ignore[call-overload]
        excepciones = set(self.excepciones)  # type: ignore[call-overload]
        sobran = excepciones - {f"{de} -> {a}" for de, a, _lineas in hallados}
        hallados = [f for f in hallados if f"{f[0]} -> {f[1]}" not in excepciones]
        return ContractCheck(
            kept=not hallados and not sobran,
            metadata={"faltas": hallados, "sobran": sorted(sobran)},
            ignored_import_count=len(excepciones),
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importador, importado, lineas in check.metadata["faltas"]:
            output.print_error(f"- {importador} -> {importado} (l.{', '.join(map(str, lineas))})", bold=False)
        for excepcion in check.metadata["sobran"]:
            output.print_error(f"- {excepcion} is excepted and does not happen any more", bold=False)
        output.new_line()


def faltas(grafo: grimp.ImportGraph, habitaciones: Iterable[str], nucleo: str) -> list[Falta]:
    """The imports that go round a façade: importer, imported, lines."""
    casa = tuple(habitaciones)
    hallados = []
    for importador in sorted(grafo.modules):
        for importado in sorted(grafo.find_modules_directly_imported_by(importador)):
            if grafo.is_module_squashed(importado) or _permitido(grafo, importador, importado, casa, nucleo):
                continue
            lineas = [
                detalle["line_number"]
                for detalle in grafo.get_import_details(importer=importador, imported=importado)
                if not _es_de_la_fachada(importado, detalle["line_contents"])
            ]
            if lineas:
                hallados.append((importador, importado, lineas))
    return hallados


def _permitido(
    grafo: grimp.ImportGraph, importador: str, importado: str, casa: tuple[str, ...], nucleo: str
) -> bool:
    paquete, nombre = importado, "__init__"
    if not grafo.find_children(importado):
        paquete, _punto, nombre = importado.rpartition(".")
    if nombre == "__init__" or nombre in ABIERTOS or dentro(importador, paquete):
        return True
    if dentro(importado, nucleo):
        return nombre != "modelos"
    return nombre == "modelos" and de_una(casa, importador) == de_una(casa, importado)


def _es_de_la_fachada(importado: str, linea: str) -> bool:
    """A function may be named as its module: `from envios import crear_envio` is the function."""
    paquete, _punto, nombre = importado.rpartition(".")
    return linea.startswith(f"from {paquete} import ") and nombre in exportados(paquete)


@cache
def exportados(paquete: str) -> frozenset[str]:
    """What `__all__` of a package says, read without running it."""
    raiz, *resto = paquete.split(".")
    lugar = importlib.util.find_spec(raiz)  # asked for a package inside, it would run those around it
    assert lugar is not None
    assert lugar.origin is not None
    archivo = Path(lugar.origin).parent.joinpath(*resto, "__init__.py")
    for nodo in ast.parse(archivo.read_text("utf-8")).body:
        if isinstance(nodo, ast.Assign) and ast.unparse(nodo.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(nodo.value))
    return frozenset()


def dentro(modulo: str, paquete: str) -> bool:
    return modulo == paquete or modulo.startswith(f"{paquete}.")


def de_una(casa: Iterable[str], modulo: str) -> str:
    """The room of a module; ValueError when it is of none (add it to `pyproject.toml`)."""
    for habitacion in casa:
        if dentro(modulo, habitacion):
            return habitacion
    raise ValueError(f"{modulo} no es de ninguna habitación")
